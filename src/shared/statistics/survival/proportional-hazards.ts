/**
 * Whether hazards stay proportional (Grambsch and Therneau 1994), as a score test of adding x · g(t) to the model, for each
 * variable and for all together; g is 1 − the Kaplan–Meier estimate right before a time. What R's survival prints by `cox.zph`
 * with its default transform since version 3.
 */
import { chiSquareUpper } from '../distributions.ts';
import { solve } from '../linear.ts';
import { type Covariates, type CoxFit, cox, type EventContribution, eventContributions, type Ties } from './cox.ts';
import { kaplanMeier } from './kaplan-meier.ts';

export interface ProportionalTest {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

export interface ProportionalHazards {
  /** In the order of the variables. */
  readonly terms: readonly ProportionalTest[];
  readonly global: ProportionalTest;
}

const testOf = (
  information: readonly (readonly number[])[],
  score: readonly number[],
  df: number,
): ProportionalTest => {
  const statistic = solve(information, score).reduce((sum, value, i) => sum + value * (score[i] ?? 0), 0);
  return { statistic, df, p: chiSquareUpper(statistic, df) };
};

/** Σ of what every time with events contributes, each weighted by a power of its g. */
const weighted = (events: readonly (EventContribution & { readonly g: number })[], power: number, terms: number) =>
  Array.from({ length: terms }, (_row, i) =>
    Array.from({ length: terms }, (_column, j) =>
      events.reduce((sum, { information, g }) => sum + g ** power * (information[i]?.[j] ?? 0), 0),
    ),
  );

/** @param fit of the same patients and ties; computed where it is absent. Throws `NotEstimable` where a model has no end. */
export const proportionalHazards = (
  patients: readonly Covariates[],
  ties: Ties = 'efron',
  fit: CoxFit = cox(patients, ties),
): ProportionalHazards => {
  const beta = fit.terms.map(({ coefficient }) => coefficient);
  const curve = kaplanMeier(patients).filter(({ events }) => events > 0);
  const before = new Map(curve.map(({ time }, index) => [time, 1 - (curve[index - 1]?.survival ?? 1)]));
  const raw = eventContributions(patients, beta, ties).map((one) => ({ ...one, g: before.get(one.time) ?? 0 }));
  // Around its mean over the events: the test is the same, and no digit is lost.
  const events = raw.reduce((sum, { deaths }) => sum + deaths, 0);
  const mean = raw.reduce((sum, { deaths, g }) => sum + deaths * g, 0) / events;
  const centred = raw.map((one) => ({ ...one, g: one.g - mean }));
  const n = beta.length;
  const [plain, mixed, squared] = [0, 1, 2].map((power) => weighted(centred, power, n));
  const score = Array.from({ length: n }, (_none, i) =>
    centred.reduce((sum, { gradient, g }) => sum + g * (gradient[i] ?? 0), 0),
  );
  /** Of the model's own variables and of some times g. */
  const informationOf = (added: readonly number[]) => [
    ...Array.from({ length: n }, (_none, i) => [...(plain?.[i] ?? []), ...added.map((j) => mixed?.[i]?.[j] ?? 0)]),
    ...added.map((i) => [...(mixed?.[i] ?? []), ...added.map((j) => squared?.[i]?.[j] ?? 0)]),
  ];
  const zeros = new Array<number>(n).fill(0);
  const all = beta.map((_value, i) => i);
  return {
    terms: all.map((i) => testOf(informationOf([i]), [...zeros, score[i] ?? 0], 1)),
    global: testOf(informationOf(all), [...zeros, ...score], n),
  };
};
