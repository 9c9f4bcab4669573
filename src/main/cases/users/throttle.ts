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

/**
 * Milliseconds until the next attempt is heard. A failure of the future is of before the clock was set back, and nobody knows how
 * long ago that was: the next attempt is heard, or nobody would be until that time comes, and where it fails it is of now.
 */
export const waitFor = ({ failures, failedAt }: Failures, now: Date): number => {
  const pause = pauseAfter(failures);
  if (failedAt === null || pause === 0) return 0;
  const since = now.getTime() - Date.parse(failedAt);
  return since < 0 ? 0 : Math.max(0, pause - since);
};
