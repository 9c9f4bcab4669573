/**
 * The smoothed calibration curve and how far predictions lie from it (Austin and Steyerberg 2019). Every figure depends on
 * the smoother, which is named beside it: LOWESS, local lines over two thirds of the patients, as rms::val.prob draws it.
 */
import { mean } from './estimate.ts';
import { lowess } from './lowess.ts';
import { quantile } from './quantile.ts';
import { probabilities } from './scored.ts';

export const SMOOTHER = 'lowess (f = 2/3, no robustness iterations)';

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

const curveOf = (outcomes: readonly number[], scores: readonly number[]) => {
  const order = [...scores.keys()].sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const x = order.map((index) => scores[index] ?? 0);
  const fitted = lowess(
    x,
    order.map((index) => outcomes[index] ?? 0),
  );
  const groups = new Map<number, number[]>();
  for (const [place, predicted] of x.entries()) {
    groups.set(predicted, [...(groups.get(predicted) ?? []), fitted[place] ?? 0]);
  }
  return [...groups].map(([predicted, values]) => ({ predicted, observed: mean(values) }));
};

export const smoothedCalibration = (outcomes: readonly number[], scores: readonly number[]): SmoothedCalibration => {
  probabilities(outcomes, scores);
  const curve = curveOf(outcomes, scores);
  const observed = new Map(curve.map((point) => [point.predicted, point.observed]));
  const distances = scores.map((score) => Math.abs(score - (observed.get(score) ?? score)));
  return {
    smoother: SMOOTHER,
    curve,
    ici: mean(distances),
    e50: quantile(distances, 0.5),
    e90: quantile(distances, 0.9),
    emax: quantile(distances, 1),
  };
};
