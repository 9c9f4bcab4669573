/**
 * Logistic regression on an intercept, at most one more term and an offset: iteratively reweighted least squares with the
 * start, the stopping rule and the standard errors (weights of the last round) of R's glm, so that the digits are the same.
 */
import { NotEstimable } from './estimate.ts';
import { logit, sigmoid } from './log-odds.ts';

export interface LogisticFit {
  readonly intercept: number;
  /** Undefined where only the intercept is fitted. */
  readonly slope: number | undefined;
  readonly interceptError: number;
  readonly slopeError: number | undefined;
  readonly logLikelihood: number;
}

const MOST_ROUNDS = 100;
const MOST_HALVES = 40;
const EPSILON = 1e-8;

/** log(1 + eˣ) without overflow. */
const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

/** Σ y·η − log(1 + e^η). */
export const bernoulliLogLikelihood = (outcomes: readonly number[], predictors: readonly number[]): number =>
  outcomes.reduce((total, y, index) => total + y * (predictors[index] ?? 0) - softplus(predictors[index] ?? 0), 0);

/** Throws where the likelihood has no maximum: a constant term, or one that separates the outcomes. */
const checkTerm = (outcomes: readonly number[], term: readonly number[]): void => {
  if (term.every((value) => value === term[0])) {
    throw new NotEstimable('Every patient has the same score, so there is no slope.', 'same-score');
  }
  const range = (outcome: number) => {
    const values = term.filter((_value, index) => outcomes[index] === outcome);
    return values.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)] as const, [
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
    ] as const);
  };
  const [[low0, high0], [low1, high1]] = [range(0), range(1)];
  if (high0 <= low1 || high1 <= low0) {
    throw new NotEstimable('The score separates the outcomes completely, so no slope describes them.', 'separated');
  }
};

interface Round {
  readonly intercept: number;
  readonly slope: number;
  readonly interceptError: number;
  readonly slopeError: number;
}

/** Weighted least squares of the working response on the term. */
const leastSquares = (
  outcomes: readonly number[],
  eta: readonly number[],
  term: readonly number[] | undefined,
  offset: readonly number[] | undefined,
): Round => {
  let [s, sx, sxx, sz, sxz] = [0, 0, 0, 0, 0];
  for (const [index, y] of outcomes.entries()) {
    const predictor = eta[index] ?? 0;
    const mu = sigmoid(predictor);
    const w = mu * (1 - mu);
    const x = term?.[index] ?? 0;
    const z = predictor - (offset?.[index] ?? 0) + (y - mu) / w;
    s += w;
    sx += w * x;
    sxx += w * x * x;
    sz += w * z;
    sxz += w * x * z;
  }
  if (!term) return { intercept: sz / s, slope: 0, interceptError: Math.sqrt(1 / s), slopeError: 0 };
  const determinant = s * sxx - sx * sx;
  return {
    intercept: (sxx * sz - sx * sxz) / determinant,
    slope: (s * sxz - sx * sz) / determinant,
    interceptError: Math.sqrt(sxx / determinant),
    slopeError: Math.sqrt(s / determinant),
  };
};

interface Model {
  readonly outcomes: readonly number[];
  readonly term: readonly number[] | undefined;
  readonly offset: readonly number[] | undefined;
}

const predictorsOf = ({ outcomes, term, offset }: Model, { intercept, slope }: Pick<Round, 'intercept' | 'slope'>) =>
  outcomes.map((_y, index) => intercept + slope * (term?.[index] ?? 0) + (offset?.[index] ?? 0));

/** Half way back towards `from` until the likelihood does not fall. */
const damped = (model: Model, from: Pick<Round, 'intercept' | 'slope'>, to: Round, before: number): Round => {
  let step = to;
  for (let halves = 0; halves < MOST_HALVES; halves++) {
    if (bernoulliLogLikelihood(model.outcomes, predictorsOf(model, step)) >= before) return step;
    step = { ...step, intercept: (from.intercept + step.intercept) / 2, slope: (from.slope + step.slope) / 2 };
  }
  return step;
};

/** Undefined where it does not converge. */
const iterate = (model: Model, start: readonly number[], isDamped: boolean): LogisticFit | undefined => {
  const { outcomes, term, offset } = model;
  let eta = start;
  let at = { intercept: 0, slope: 0 };
  let likelihood = bernoulliLogLikelihood(outcomes, eta);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const full = leastSquares(outcomes, eta, term, offset);
    const fit = isDamped ? damped(model, at, full, likelihood) : full;
    const before = likelihood;
    at = fit;
    eta = predictorsOf(model, fit);
    likelihood = bernoulliLogLikelihood(outcomes, eta);
    if (!Number.isFinite(likelihood)) return undefined;
    // R compares deviances, which are −2 log-likelihood.
    if (Math.abs(2 * (likelihood - before)) / (0.1 + Math.abs(2 * likelihood)) < EPSILON) {
      const { intercept, slope, interceptError, slopeError } = fit;
      return {
        intercept,
        slope: term && slope,
        interceptError,
        slopeError: term && slopeError,
        logLikelihood: likelihood,
      };
    }
  }
  return undefined;
};

/** @param term undefined fits the intercept alone. Throws `NotEstimable` where the fit has no end. */
export const fitLogistic = (
  outcomes: readonly number[],
  { term, offset }: { term?: readonly number[]; offset?: readonly number[] },
): LogisticFit => {
  if (term) checkTerm(outcomes, term);
  const model: Model = { outcomes, term, offset };
  const asR = outcomes.map((y) => logit((y + 0.5) / 2));
  // Far from its maximum a full step overshoots: then from the offset alone, and never downhill.
  const fit = iterate(model, asR, false) ?? iterate(model, predictorsOf(model, { intercept: 0, slope: 0 }), true);
  if (!fit)
    throw new NotEstimable(
      'The calibration does not converge: the scores lie too far from the outcomes.',
      'not-converging',
    );
  return fit;
};
