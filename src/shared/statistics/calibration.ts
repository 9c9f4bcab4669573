/**
 * Calibration of probabilities. Two intercepts are told apart: calibration in the large holds the slope at 1 (offset), and is
 * not the intercept beside the slope, which is what rms::val.prob prints.
 */
import { chiSquareUpper, DEFAULT_LEVEL } from './distributions.ts';
import { type Interval, mean, sum, waldInterval } from './estimate.ts';
import { logit } from './log-odds.ts';
import { bernoulliLogLikelihood, fitLogistic } from './logistic.ts';
import { probabilities, scored } from './scored.ts';

export interface Coefficient {
  readonly value: number;
  readonly standardError: number;
  readonly interval: Interval;
}

const coefficient = (value: number, standardError: number, level: number): Coefficient => ({
  value,
  standardError,
  interval: waldInterval(value, standardError, level),
});

/** logit P(y) = a + logit(p), a = 0 ideal. Positive: more events than predicted. */
export const calibrationInTheLarge = (
  outcomes: readonly number[],
  scores: readonly number[],
  level = DEFAULT_LEVEL,
): Coefficient => {
  const offset = probabilities(outcomes, scores).scores.map(logit);
  const { intercept, interceptError } = fitLogistic(outcomes, { offset });
  return coefficient(intercept, interceptError, level);
};

/** logit P(y) = a + b·logit(p); b = 1 ideal, under 1 too extreme. `intercept` is the one beside the slope. */
export const calibrationSlope = (
  outcomes: readonly number[],
  scores: readonly number[],
  level = DEFAULT_LEVEL,
): { readonly slope: Coefficient; readonly intercept: Coefficient } => {
  const term = probabilities(outcomes, scores).scores.map(logit);
  const fit = fitLogistic(outcomes, { term });
  return {
    slope: coefficient(fit.slope ?? Number.NaN, fit.slopeError ?? Number.NaN, level),
    intercept: coefficient(fit.intercept, fit.interceptError, level),
  };
};

export interface ObservedExpected {
  readonly observed: number;
  readonly expected: number;
  readonly ratio: number;
  /** Of ln(O/E): √((1 − mean y) / Σ y). */
  readonly logStandardError: number;
  readonly interval: Interval;
}

export const observedExpected = (
  outcomes: readonly number[],
  scores: readonly number[],
  level = DEFAULT_LEVEL,
): ObservedExpected => {
  const { events } = probabilities(outcomes, scores);
  const expected = sum(scores);
  const ratio = events / expected;
  const logStandardError = Math.sqrt((1 - events / outcomes.length) / events);
  const { low, high } = waldInterval(Math.log(ratio), logStandardError, level);
  return {
    observed: events,
    expected,
    ratio,
    logStandardError,
    interval: { low: Math.exp(low), high: Math.exp(high) },
  };
};

/** Mean squared error, and 1 − Brier / (ȳ(1 − ȳ)): 1 is perfect, 0 no better than the base rate. */
export const brier = (outcomes: readonly number[], scores: readonly number[]): { brier: number; scaled: number } => {
  const { events } = scored(outcomes, scores);
  const rate = events / outcomes.length;
  const value = mean(scores.map((p, index) => (p - (outcomes[index] ?? 0)) ** 2));
  return { brier: value, scaled: 1 - value / (rate * (1 - rate)) };
};

interface LikelihoodRatio {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

const likelihoodRatio = (smaller: number, larger: number, df: number): LikelihoodRatio => {
  const statistic = 2 * (larger - smaller);
  return { statistic, df, p: chiSquareUpper(statistic, df) };
};

export interface ClosedTest {
  readonly chosen: 'original' | 'intercept' | 'recalibration';
  readonly logLikelihoods: { readonly original: number; readonly intercept: number; readonly recalibration: number };
  readonly recalibrationAgainstOriginal: LikelihoodRatio;
  readonly recalibrationAgainstIntercept: LikelihoodRatio;
  readonly interceptAgainstOriginal: LikelihoodRatio;
  readonly intercept: number;
  readonly recalibration: { readonly intercept: number; readonly slope: number };
}

/**
 * How far an update may go (closed test of Vergouwe 2017, where only the score is at hand): recalibration against the original
 * on 2 degrees of freedom; only where that is significant, recalibration against the intercept alone on 1.
 */
export const closedTest = (outcomes: readonly number[], scores: readonly number[], alpha = 0.05): ClosedTest => {
  const lp = probabilities(outcomes, scores).scores.map(logit);
  const original = bernoulliLogLikelihood(outcomes, lp);
  const intercept = fitLogistic(outcomes, { offset: lp });
  const recalibration = fitLogistic(outcomes, { term: lp });
  const whole = likelihoodRatio(original, recalibration.logLikelihood, 2);
  const slopeOnly = likelihoodRatio(intercept.logLikelihood, recalibration.logLikelihood, 1);
  return {
    chosen: whole.p >= alpha ? 'original' : slopeOnly.p >= alpha ? 'intercept' : 'recalibration',
    logLikelihoods: {
      original,
      intercept: intercept.logLikelihood,
      recalibration: recalibration.logLikelihood,
    },
    recalibrationAgainstOriginal: whole,
    recalibrationAgainstIntercept: slopeOnly,
    interceptAgainstOriginal: likelihoodRatio(original, intercept.logLikelihood, 1),
    intercept: intercept.intercept,
    recalibration: { intercept: recalibration.intercept, slope: recalibration.slope ?? Number.NaN },
  };
};
