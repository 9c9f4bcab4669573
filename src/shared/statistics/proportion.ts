/** Intervals of a proportion: Wilson's score interval, and the exact one of Clopper and Pearson. */
import { betaQuantile, DEFAULT_LEVEL, normalQuantile } from './distributions.ts';
import { type Interval, NotEstimable } from './estimate.ts';

export interface Proportion {
  readonly count: number;
  readonly of: number;
  readonly value: number;
  readonly wilson: Interval;
  readonly exact: Interval;
}

const wilson = (count: number, of: number, level: number): Interval => {
  const z = normalQuantile((1 + level) / 2);
  const p = count / of;
  const centre = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z / (1 + (z * z) / of)) * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
};

const exact = (count: number, of: number, level: number): Interval => {
  const tail = (1 - level) / 2;
  return {
    low: count === 0 ? 0 : betaQuantile(tail, count, of - count + 1),
    high: count === of ? 1 : betaQuantile(1 - tail, count + 1, of - count),
  };
};

export const proportion = (count: number, of: number, level = DEFAULT_LEVEL): Proportion => {
  if (!(of > 0)) throw new NotEstimable('There is nobody to take a proportion of.', 'nobody');
  return { count, of, value: count / of, wilson: wilson(count, of, level), exact: exact(count, of, level) };
};
