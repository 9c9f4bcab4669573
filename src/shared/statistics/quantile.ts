/** Quantile of R's type 7: between the two nearest of the sorted values. */
import { NotEstimable } from './estimate.ts';

export const quantile = (values: readonly number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  if (low === undefined || high === undefined) throw new NotEstimable('There is no value to take a quantile of.');
  return low + (at - Math.floor(at)) * (high - low);
};
