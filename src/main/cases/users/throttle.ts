/** How often in a row a sign-in failed, and when last. */
export interface Failures {
  failures: number;
  /** ISO 8601; null where none did. */
  failedAt: string | null;
}

export const NO_FAILURES: Failures = { failures: 0, failedAt: null };

/** A finger that slips is not slowed down. */
const FREE = 3;
const LONGEST_MS = 300_000;

/** The pause after so many failures: 2, 4, 8 … seconds, and five minutes at most, so that nobody is locked out for good. */
export const pauseAfter = (failures: number): number =>
  failures < FREE ? 0 : Math.min(1_000 * 2 ** Math.min(failures - FREE + 1, 20), LONGEST_MS);

/** Milliseconds until the next attempt is heard; a clock that was set back makes nobody wait longer than the pause. */
export const waitFor = ({ failures, failedAt }: Failures, now: Date): number => {
  const pause = pauseAfter(failures);
  if (failedAt === null || pause === 0) return 0;
  return Math.min(pause, Math.max(0, Date.parse(failedAt) + pause - now.getTime()));
};
