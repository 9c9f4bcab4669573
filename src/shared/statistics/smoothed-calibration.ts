/**
 * The smoothed calibration curve and how far predictions lie from it (Austin and Steyerberg 2019). Every figure depends on the
 * smoother, so it is named beside them, and two in common use are given.
 */
import { mean } from './estimate.ts';
import { loess } from './loess.ts';
import { lowess } from './lowess.ts';
import { quantile } from './quantile.ts';
import { probabilities } from './scored.ts';

export const smoothers = {
  /** As rms::val.prob draws it. */
  lowess: 'lowess (local lines, f = 2/3, no robustness iterations)',
  /** As R's loess fits it; fitted values outside 0–1 are moved to the border. */
  loess: 'loess (local parabolas, span = 0.75)',
} as const;
export type Smoother = keyof typeof smoothers;

export interface SmoothedCalibration {
  readonly smoother: string;
  /** One for each distinct prediction, ascending. */
  readonly curve: readonly { readonly predicted: number; readonly observed: number }[];
  /** Mean absolute distance between prediction and curve. */
  readonly ici: number;
  readonly e50: number;
  readonly e90: number;
  readonly emax: number;
}

const inUnit = (value: number): number => Math.min(1, Math.max(0, value));

const smoothed = (smoother: Smoother, x: readonly number[], y: readonly number[]): number[] =>
  smoother === 'lowess' ? lowess(x, y) : loess(x, y).map(inUnit);

const curveOf = (outcomes: readonly number[], scores: readonly number[], smoother: Smoother) => {
  const order = [...scores.keys()].sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const x = order.map((index) => scores[index] ?? 0);
  const fitted = smoothed(
    smoother,
    x,
    order.map((index) => outcomes[index] ?? 0),
  );
  const groups = Map.groupBy(x.keys(), (place) => x[place] ?? 0);
  return [...groups].map(([predicted, places]) => ({
    predicted,
    observed: mean(places.map((place) => fitted[place] ?? 0)),
  }));
};

export const smoothedCalibration = (
  outcomes: readonly number[],
  scores: readonly number[],
  smoother: Smoother = 'lowess',
): SmoothedCalibration => {
  probabilities(outcomes, scores);
  const curve = curveOf(outcomes, scores, smoother);
  const observed = new Map(curve.map((point) => [point.predicted, point.observed]));
  const distances = scores.map((score) => Math.abs(score - (observed.get(score) ?? score)));
  return {
    smoother: smoothers[smoother],
    curve,
    ici: mean(distances),
    e50: quantile(distances, 0.5),
    e90: quantile(distances, 0.9),
    emax: quantile(distances, 1),
  };
};
