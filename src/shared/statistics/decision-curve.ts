/** Decision curve (Vickers and Elkin 2006): net benefit = TP/n − FP/n · t/(1 − t), positive at p ≥ t. */
import { NotEstimable } from './estimate.ts';
import { scored } from './scored.ts';

export interface NetBenefit {
  readonly threshold: number;
  readonly model: number;
  readonly treatAll: number;
  readonly treatNone: 0;
  /** Net benefit over prevalence: 1 is perfect. */
  readonly standardised: number;
}

export const netBenefit = (outcomes: readonly number[], scores: readonly number[], threshold: number): NetBenefit => {
  const { events } = scored(outcomes, scores);
  if (!(threshold > 0 && threshold < 1)) {
    throw new NotEstimable(`A threshold probability lies between 0 and 1, not at ${threshold}.`);
  }
  const n = outcomes.length;
  const odds = threshold / (1 - threshold);
  const positive = (outcome: number) =>
    scores.filter((score, index) => score >= threshold && outcomes[index] === outcome).length;
  const model = positive(1) / n - (positive(0) / n) * odds;
  return {
    threshold,
    model,
    treatAll: events / n - ((n - events) / n) * odds,
    treatNone: 0,
    standardised: model / (events / n),
  };
};

export const decisionCurve = (
  outcomes: readonly number[],
  scores: readonly number[],
  thresholds: readonly number[],
): NetBenefit[] => thresholds.map((threshold) => netBenefit(outcomes, scores, threshold));
