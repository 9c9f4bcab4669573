/** Harrell's concordance: among pairs whose order is known, how often the higher score fails first; equal scores count half. */
import { NotEstimable } from '../estimate.ts';
import type { FollowUp } from './follow-up.ts';

/** A pair is known where the shorter time is an event, or where one of two equal times is. */
export const concordance = (patients: readonly FollowUp[], scores: readonly number[]): number => {
  let [pairs, agreeing] = [0, 0];
  for (const [i, first] of patients.entries()) {
    if (!first.event) continue;
    for (const [j, second] of patients.entries()) {
      const later = second.time > first.time || (second.time === first.time && !second.event);
      if (!later) continue;
      pairs++;
      const [a, b] = [scores[i] ?? 0, scores[j] ?? 0];
      agreeing += a > b ? 1 : a === b ? 0.5 : 0;
    }
  }
  if (pairs === 0)
    throw new NotEstimable('No two patients can be put in order: nobody had the event before another was last seen.');
  return agreeing / pairs;
};
