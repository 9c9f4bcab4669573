/** What a prediction means where responses are more or less common than in the cohort it was trained on. */

const inUnit = (value: number, name: string): number => {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie between 0 and 1, not ${value}`);
  return value;
};
const ratio = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);

/**
 * Positive and negative predictive value by Bayes' theorem:
 * PPV = se·p / (se·p + (1 − sp)(1 − p)); NPV = sp(1 − p) / (sp(1 − p) + (1 − se)p), with p the base rate.
 * Undefined where no result of that kind can occur. Throws RangeError outside 0–1.
 */
export const predictiveValues = (
  sensitivity: number,
  specificity: number,
  baseRate: number,
): { ppv: number | undefined; npv: number | undefined } => {
  const se = inUnit(sensitivity, 'sensitivity');
  const sp = inUnit(specificity, 'specificity');
  const p = inUnit(baseRate, 'base rate');
  return {
    ppv: ratio(se * p, se * p + (1 - sp) * (1 - p)),
    npv: ratio(sp * (1 - p), sp * (1 - p) + (1 - se) * p),
  };
};

const logit = (p: number): number => Math.log(p / (1 - p));

/**
 * The probability when only the base rate differs (prior shift): logit(p) + logit(new rate) − logit(training rate).
 * Holds if responders and non-responders look as they did in training. Rates lie strictly between 0 and 1.
 */
export const shiftedProbability = (probability: number, trainingRate: number, baseRate: number): number => {
  for (const rate of [trainingRate, baseRate]) {
    if (!(rate > 0 && rate < 1)) throw new RangeError(`a base rate must lie strictly between 0 and 1, not ${rate}`);
  }
  if (probability <= 0 || probability >= 1) return inUnit(probability, 'probability');
  return 1 / (1 + Math.exp(-(logit(probability) + logit(baseRate) - logit(trainingRate))));
};
