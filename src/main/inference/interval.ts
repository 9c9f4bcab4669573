import { sigmoid } from './read-outputs.ts';

/** Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7). */
export const quantile = (sorted: readonly number[], q: number): number => {
  const position = q * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (high - low) * (position - below);
};

/**
 * Interval of a patient's probability from the logits of the ensemble's members: central quantiles of `level`, widened
 * where needed to hold the reported probability itself.
 */
export const memberInterval = (
  members: readonly number[],
  level: number,
  probability: number,
): { level: number; low: number; high: number } => {
  const sorted = members.map(sigmoid).sort((a, b) => a - b);
  const tail = (1 - level) / 2;
  return {
    level,
    low: Math.min(probability, quantile(sorted, tail)),
    high: Math.max(probability, quantile(sorted, 1 - tail)),
  };
};
