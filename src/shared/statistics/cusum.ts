/** Risk-adjusted CUSUM (Steiner 2000): evidence that the odds of the event are `oddsRatio` times what was predicted. */

/** W = ln(R / (1 − p + R·p)) for an event, ln(1 / (1 − p + R·p)) otherwise. */
export const cusumWeight = (outcome: number, probability: number, oddsRatio: number): number =>
  Math.log((outcome === 1 ? oddsRatio : 1) / (1 - probability + oddsRatio * probability));

export interface CusumStep {
  readonly weight: number;
  /** Never under 0 for an odds ratio above 1, never above 0 for one below. */
  readonly value: number;
  readonly signal: boolean;
}

/**
 * @param oddsRatio above 1 watches for more events than predicted, below 1 for fewer.
 * @param limit where the chart signals; from simulating the hospital's own mix, since its false alarms depend on it.
 */
export const cusum = (
  outcomes: readonly number[],
  probabilities: readonly number[],
  oddsRatio: number,
  limit = Number.POSITIVE_INFINITY,
): CusumStep[] => {
  let value = 0;
  return outcomes.map((outcome, index) => {
    const weight = cusumWeight(outcome, probabilities[index] ?? 0, oddsRatio);
    value = oddsRatio > 1 ? Math.max(0, value + weight) : Math.min(0, value - weight);
    return { weight, value, signal: Math.abs(value) >= Math.abs(limit) };
  });
};
