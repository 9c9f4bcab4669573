/**
 * Of pairs that changed, as many one way as the other? The exact test of two paired proportions (McNemar 1947, by the binomial
 * distribution), which is the exact sign test of the changes: pairs that did not change say nothing.
 */
import { NotEstimable } from './estimate.ts';

const logFactorials = (most: number): number[] => {
  const logs = [0];
  for (let n = 1; n <= most; n++) logs.push((logs[n - 1] ?? 0) + Math.log(n));
  return logs;
};

/**
 * Two-sided: twice the smaller tail of a binomial distribution with p = 1/2, at most 1.
 * @param one how many changed one way
 * @param other how many changed the other way
 */
export const exactSignTest = (one: number, other: number): number => {
  const all = one + other;
  if (all === 0) throw new NotEstimable('Nothing changed, so there is nothing to test.', 'no-change');
  const logs = logFactorials(all);
  const chance = (k: number): number =>
    Math.exp((logs[all] ?? 0) - (logs[k] ?? 0) - (logs[all - k] ?? 0) - all * Math.LN2);
  let tail = 0;
  for (let k = 0; k <= Math.min(one, other); k++) tail += chance(k);
  return Math.min(1, 2 * tail);
};
