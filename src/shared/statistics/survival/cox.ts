/** Cox's proportional hazards (1972) by Newton's method on the partial likelihood; ties by Efron (default) or Breslow. */
import { chiSquareUpper, DEFAULT_LEVEL, normalTwoSided } from '../distributions.ts';
import { type Interval, NotEstimable, waldInterval } from '../estimate.ts';
import { inverse, solve } from '../linear.ts';
import type { FollowUp } from './follow-up.ts';

export type Ties = 'efron' | 'breslow';

export interface CoxTerm {
  readonly coefficient: number;
  readonly standardError: number;
  readonly hazardRatio: number;
  /** Of the hazard ratio. */
  readonly interval: Interval;
  readonly z: number;
  readonly p: number;
}

export interface CoxFit {
  readonly ties: Ties;
  readonly terms: readonly CoxTerm[];
  readonly logLikelihood: { readonly none: number; readonly fitted: number };
  readonly likelihoodRatio: { readonly statistic: number; readonly df: number; readonly p: number };
  readonly events: number;
  readonly patients: number;
}

export interface Covariates extends FollowUp {
  readonly x: readonly number[];
}

interface Sums {
  s0: number;
  readonly s1: number[];
  readonly s2: number[][];
}

interface Derivatives {
  likelihood: number;
  readonly gradient: number[];
  readonly information: number[][];
}

const MOST_STEPS = 50;
/** Of a log-likelihood, relative: a fall that small is none. */
const ROUNDING = 1e-12;
const SMALLEST_PART = 1e-6;
/** Beyond this the likelihood has no maximum. */
const LARGEST_LOG_HAZARD = 18;

const zeros = (n: number): number[] => new Array<number>(n).fill(0);
const emptySums = (n: number): Sums => ({ s0: 0, s1: zeros(n), s2: Array.from({ length: n }, () => zeros(n)) });

const add = (to: Sums, x: readonly number[], risk: number): void => {
  to.s0 += risk;
  for (const [i, a] of x.entries()) {
    to.s1[i] = (to.s1[i] ?? 0) + risk * a;
    const row = to.s2[i] ?? [];
    for (const [j, b] of x.entries()) row[j] = (row[j] ?? 0) + risk * a * b;
  }
};

const subtractDeath = (into: Derivatives, atRisk: Sums, dying: Sums, share: number): void => {
  const s0 = atRisk.s0 - share * dying.s0;
  into.likelihood -= Math.log(s0);
  const mean = atRisk.s1.map((value, i) => (value - share * (dying.s1[i] ?? 0)) / s0);
  for (const [i, a] of mean.entries()) {
    into.gradient[i] = (into.gradient[i] ?? 0) - a;
    const row = into.information[i] ?? [];
    for (const [j, b] of mean.entries()) {
      const second = (atRisk.s2[i]?.[j] ?? 0) - share * (dying.s2[i]?.[j] ?? 0);
      row[j] = (row[j] ?? 0) + second / s0 - a * b;
    }
  }
};

/** What the events of one time add to the likelihood and to its derivatives. */
interface TimeContribution extends Derivatives {
  readonly time: number;
  readonly deaths: number;
}

const nothing = (n: number): Derivatives => ({
  likelihood: 0,
  gradient: zeros(n),
  information: Array.from({ length: n }, () => zeros(n)),
});

/** From the longest time to the shortest, so that the sums over those at risk only grow. Times without an event give nothing. */
function* contributions(
  descending: readonly Covariates[],
  beta: readonly number[],
  ties: Ties,
): Generator<TimeContribution, void> {
  const n = beta.length;
  const atRisk = emptySums(n);
  let from = 0;
  while (from < descending.length) {
    const time = descending[from]?.time ?? 0;
    const dying = emptySums(n);
    const here = nothing(n);
    let deaths = 0;
    for (; from < descending.length && descending[from]?.time === time; from++) {
      const { x, event } = descending[from] ?? { x: [], event: false };
      const predictor = x.reduce((sum, value, i) => sum + value * (beta[i] ?? 0), 0);
      const risk = Math.exp(predictor);
      add(atRisk, x, risk);
      if (!event) continue;
      deaths++;
      add(dying, x, risk);
      here.likelihood += predictor;
      for (const [i, value] of x.entries()) here.gradient[i] = (here.gradient[i] ?? 0) + value;
    }
    for (let death = 0; death < deaths; death++) {
      subtractDeath(here, atRisk, dying, ties === 'efron' ? death / deaths : 0);
    }
    if (deaths > 0) yield { ...here, time, deaths };
  }
}

const derivativesAt = (descending: readonly Covariates[], beta: readonly number[], ties: Ties): Derivatives => {
  const result = nothing(beta.length);
  for (const { likelihood, gradient, information } of contributions(descending, beta, ties)) {
    result.likelihood += likelihood;
    for (const [i, value] of gradient.entries()) result.gradient[i] = (result.gradient[i] ?? 0) + value;
    for (const [i, row] of information.entries()) {
      const into = result.information[i] ?? [];
      for (const [j, value] of row.entries()) into[j] = (into[j] ?? 0) + value;
    }
  }
  return result;
};

const noEnd = () =>
  new NotEstimable(
    'One group had no event, or the variable orders the events completely: the hazard ratio has no end.',
    'endless-hazard',
  );

/** Centred, so that no exponential overflows; coefficients do not change by it. */
const centred = (patients: readonly Covariates[]): Covariates[] => {
  const n = patients[0]?.x.length ?? 0;
  const means = zeros(n).map((_zero, i) => patients.reduce((sum, { x }) => sum + (x[i] ?? 0), 0) / patients.length);
  return patients.map((patient) => ({ ...patient, x: patient.x.map((value, i) => value - (means[i] ?? 0)) }));
};

const maximise = (descending: readonly Covariates[], terms: number, ties: Ties) => {
  let beta = zeros(terms);
  let at = derivativesAt(descending, beta, ties);
  const none = at.likelihood;
  for (let round = 0; round < MOST_STEPS; round++) {
    const step = solve(at.information, at.gradient);
    if (Math.max(...step.map(Math.abs)) < 1e-10 * (1 + Math.max(...beta.map(Math.abs)))) return { beta, at, none };
    for (let part = 1; ; part /= 2) {
      const next = beta.map((value, i) => value + part * (step[i] ?? 0));
      const there = derivativesAt(descending, next, ties);
      if (!(there.likelihood >= at.likelihood - ROUNDING * (1 - at.likelihood)) && part > SMALLEST_PART) continue;
      [beta, at] = [next, there];
      break;
    }
    const spread = descending.map(({ x }) => Math.abs(x.reduce((sum, value, i) => sum + value * (beta[i] ?? 0), 0)));
    if (Math.max(...spread) > LARGEST_LOG_HAZARD) throw noEnd();
  }
  throw noEnd();
};

export const cox = (patients: readonly Covariates[], ties: Ties = 'efron', level = DEFAULT_LEVEL): CoxFit => {
  const events = patients.filter(({ event }) => event).length;
  if (events === 0) throw new NotEstimable('Nobody had the event, so there is no hazard to compare.', 'no-hazard');
  const terms = patients[0]?.x.length ?? 0;
  const descending = centred(patients).sort((a, b) => b.time - a.time);
  const { beta, at, none } = maximise(descending, terms, ties);
  const covariance = inverse(at.information);
  const statistic = 2 * (at.likelihood - none);
  return {
    ties,
    events,
    patients: patients.length,
    logLikelihood: { none, fitted: at.likelihood },
    likelihoodRatio: { statistic, df: terms, p: chiSquareUpper(statistic, terms) },
    terms: beta.map((coefficient, i) => {
      const standardError = Math.sqrt(covariance[i]?.[i] ?? Number.NaN);
      const { low, high } = waldInterval(coefficient, standardError, level);
      const z = coefficient / standardError;
      return {
        coefficient,
        standardError,
        hazardRatio: Math.exp(coefficient),
        interval: { low: Math.exp(low), high: Math.exp(high) },
        z,
        p: normalTwoSided(z),
      };
    }),
  };
};

export type EventContribution = Pick<TimeContribution, 'time' | 'deaths' | 'gradient' | 'information'>;

/** Score and information of each time with events at `beta`, latest first. */
export const eventContributions = (
  patients: readonly Covariates[],
  beta: readonly number[],
  ties: Ties,
): EventContribution[] => [
  ...contributions(
    centred(patients).sort((a, b) => b.time - a.time),
    beta,
    ties,
  ),
];
