/** Pure: whether a window that stopped is shown again by itself or the user is asked. */

/** So many stops within the span are a loop, not an accident. */
const MOST_IN_SPAN = 3;
const SPAN_MS = 60_000;

export interface CrashDecision {
  action: 'reload' | 'ask' | 'nothing';
  /** Times of the stops that still count, ms. */
  recent: number[];
}

/** `reason` as Electron's RenderProcessGoneDetails gives it. */
export const afterCrash = (reason: string, earlier: readonly number[], now: number): CrashDecision => {
  if (reason === 'clean-exit') return { action: 'nothing', recent: [...earlier] };
  const recent = [...earlier.filter((time) => now - time < SPAN_MS), now];
  return { action: recent.length < MOST_IN_SPAN ? 'reload' : 'ask', recent };
};
