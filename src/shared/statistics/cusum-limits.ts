/**
 * Limits of the CUSUM chart by simulation of a hospital's own mix: its false alarms depend strongly on the mix, so that no table
 * of limits would be true. A limit is the place that a chart passes within so many cases in a stated share of hospitals where the
 * model holds. Pure, and the same for the same seed.
 */
import { cusumWeight } from './cusum.ts';
import { NotEstimable } from './estimate.ts';
import { quantile } from './quantile.ts';

/** Odds of the event that are watched for, against those predicted: twice, and half. */
export const WATCHED = { more: 2, fewer: 0.5 } as const;

export interface CusumLimits {
  /** Of the chart for more events, above 0; of the one for fewer, below 0. */
  readonly more: number;
  readonly fewer: number;
  /** Cases of a run. */
  readonly cases: number;
  /** Share of the runs without any change in which one of the two charts signals. */
  readonly falseAlarms: number;
}

export interface SimulationOptions {
  /** Share of runs that may signal falsely, both charts together. */
  readonly wanted?: number;
  readonly runs?: number;
  /** Uniform in [0, 1). */
  readonly next: () => number;
}

const extremesOf = (probabilities: readonly number[], cases: number, next: () => number): readonly [number, number] => {
  let [more, fewer, highest, lowest] = [0, 0, 0, 0];
  for (let step = 0; step < cases; step++) {
    const p = probabilities[Math.floor(next() * probabilities.length)] ?? 0;
    const outcome = next() < p ? 1 : 0;
    more = Math.max(0, more + cusumWeight(outcome, p, WATCHED.more));
    fewer = Math.min(0, fewer - cusumWeight(outcome, p, WATCHED.fewer));
    highest = Math.max(highest, more);
    lowest = Math.min(lowest, fewer);
  }
  return [highest, lowest];
};

/** @param probabilities of this hospital's patients: they are drawn with replacement, and what happens follows them. */
export const cusumLimits = (
  probabilities: readonly number[],
  cases: number,
  { wanted = 0.05, runs = 2_000, next }: SimulationOptions,
): CusumLimits => {
  if (probabilities.length === 0 || cases < 1)
    throw new NotEstimable('There is no patient to simulate a hospital from.');
  if (probabilities.some((p) => !(p > 0 && p < 1))) {
    throw new NotEstimable('A simulation needs probabilities between 0 and 1.');
  }
  const extremes = Array.from({ length: runs }, () => extremesOf(probabilities, cases, next));
  const limitsAt = (share: number) => ({
    more: quantile(
      extremes.map(([highest]) => highest),
      1 - share,
    ),
    fewer: -quantile(
      extremes.map(([, lowest]) => -lowest),
      1 - share,
    ),
  });
  const alarmsAt = ({ more, fewer }: { more: number; fewer: number }) =>
    extremes.filter(([highest, lowest]) => highest >= more || lowest <= fewer).length / runs;
  // Each chart has the same share; together they have what is wanted, found by halving.
  let [low, high] = [wanted / 2, wanted];
  for (let round = 0; round < 12; round++) {
    const middle = (low + high) / 2;
    if (alarmsAt(limitsAt(middle)) > wanted) high = middle;
    else low = middle;
  }
  const limits = limitsAt(low);
  return { ...limits, cases, falseAlarms: alarmsAt(limits) };
};
