/** How many patients an external validation needs (Riley 2021): each figure with a standard error of its own choosing. */
import { normalQuantile } from './distributions.ts';
import { NotEstimable } from './estimate.ts';

const rate = (phi: number): number => {
  if (!(phi > 0 && phi < 1)) throw new NotEstimable(`A share of events lies between 0 and 1, not at ${phi}.`);
  return phi;
};

/** n for a standard error of ln(O/E). */
export const patientsForObservedExpected = (eventRate: number, standardError = 0.1): number =>
  Math.ceil((1 - rate(eventRate)) / (eventRate * standardError ** 2));

/** Variance of a C statistic with n patients (Newcombe). */
const cVariance = (c: number, n: number, phi: number): number =>
  (c * (1 - c) * (1 + ((n / 2 - 1) * (1 - c)) / (2 - c) + ((n / 2 - 1) * c) / (1 + c))) / (n * n * phi * (1 - phi));

/** Standard error of a C statistic with n patients. */
export const cStandardError = (c: number, n: number, eventRate: number): number =>
  Math.sqrt(cVariance(c, n, rate(eventRate)));

/** Smallest n at which the 95 % interval of the C statistic is no wider than `width`. */
export const patientsForC = (c: number, eventRate: number, width = 0.1): number => {
  const wanted = width / (2 * normalQuantile(0.975));
  let [low, high] = [2, 4];
  while (cStandardError(c, high, eventRate) > wanted) {
    low = high;
    high *= 2;
    if (high > 1e9) throw new NotEstimable('No number of patients makes the interval that narrow.');
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (cStandardError(c, middle, eventRate) > wanted) low = middle;
    else high = middle;
  }
  return high;
};
