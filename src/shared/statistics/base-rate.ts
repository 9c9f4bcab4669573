/** What a prediction means where responses are more or less common than in the cohort it was trained on. */
import { logit, sigmoid } from './log-odds.ts';

const inUnit = (value: number, name: string): number => {
  if (!(value >= 0 && value <= 1)) throw new RangeError(`${name} must lie between 0 and 1, not ${value}`);
  return value;
};
const ratio = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined);

/** Patients of a reference population by their log-odds, in bins. */
export type PopulationBins = readonly { readonly logit: number; readonly n: number }[];

const meanProbability = (bins: PopulationBins, shift: number): number => {
  const patients = bins.reduce((sum, { n }) => sum + n, 0);
  return bins.reduce((sum, one) => sum + one.n * sigmoid(one.logit + shift), 0) / patients;
};

/** Log-odds beyond which no probability of a rate strictly between 0 and 1 lies. */
const FAR = 40;
const PRECISION = 1e-9;

/**
 * What has to be added to every log-odds so that the mean probability of the reference population is `rate` (bisection).
 * It leaves what the model knows of a patient as it is and says only that responses are rarer or commoner for the same
 * kind of patient. Shifting by logit(rate) − logit(training rate) would assume that responders and non-responders look
 * the same everywhere, and count a second time what differs because of factors that the model has. Same as
 * `training/haicast_training/statistics/base_rate.py`. Throws RangeError unless the rate lies strictly between 0 and 1.
 */
export const interceptForRate = (bins: PopulationBins, rate: number): number => {
  if (!(rate > 0 && rate < 1)) throw new RangeError(`a base rate must lie strictly between 0 and 1, not ${rate}`);
  let [low, high] = [-FAR, FAR];
  while (high - low > PRECISION) {
    const middle = (low + high) / 2;
    if (meanProbability(bins, middle) < rate) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
};

/** Predictive values; undefined where no result of that kind can occur. */
export interface PredictiveValues {
  ppv: number | undefined;
  npv: number | undefined;
}

/**
 * Positive and negative predictive value over the reference population with `shift` added to its log-odds: the mean
 * probability of response among those at or over the threshold, and of no response among those under it. Who is on which
 * side is told by the log-odds as they are, for the verdict is that of the training rate; a bin counts whole, by its mean.
 */
export const predictiveValuesIn = (bins: PopulationBins, threshold: number, shift: number): PredictiveValues => {
  const cut = logit(inUnit(threshold, 'threshold'));
  const positive = bins.filter((one) => one.logit >= cut);
  const negative = bins.filter((one) => one.logit < cut);
  return {
    ppv: positive.length > 0 ? meanProbability(positive, shift) : undefined,
    npv: negative.length > 0 ? 1 - meanProbability(negative, shift) : undefined,
  };
};

/**
 * Positive and negative predictive value by Bayes' theorem, where no reference population is known:
 * PPV = se·p / (se·p + (1 − sp)(1 − p)); NPV = sp(1 − p) / (sp(1 − p) + (1 − se)p), with p the base rate.
 * Undefined where no result of that kind can occur. Throws RangeError outside 0–1.
 */
export const predictiveValues = (sensitivity: number, specificity: number, baseRate: number): PredictiveValues => {
  const se = inUnit(sensitivity, 'sensitivity');
  const sp = inUnit(specificity, 'specificity');
  const p = inUnit(baseRate, 'base rate');
  return {
    ppv: ratio(se * p, se * p + (1 - sp) * (1 - p)),
    npv: ratio(sp * (1 - p), sp * (1 - p) + (1 - se) * p),
  };
};

/** A probability with `shift` added to its log-odds; 0 and 1 stay what they are. */
export const withIntercept = (probability: number, shift: number): number => {
  if (probability <= 0 || probability >= 1) return inUnit(probability, 'probability');
  return sigmoid(logit(probability) + shift);
};
