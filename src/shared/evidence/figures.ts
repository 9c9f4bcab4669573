/** Every figure of a selection of closed courses: what the page of evidence shows and its export says. Pure. */
import { type ResponseRates, responseRates } from '../statistics/response-rates.ts';
import {
  attempt,
  isProblem,
  type Problem,
  type SurvivalByThreshold,
  survivalFigures,
  thresholdFigures,
  type Validation,
  type ValidationInput,
  validate,
} from '../statistics/validation.ts';
import { type Cohort, cohortOf, type EvaluatedRow, missingOf } from './cohort.ts';
import { comparatorIds } from './comparator.ts';
import type { EvidenceRow } from './evidence-row.ts';
import { type Precision, precisionOf } from './precision.ts';
import type { Selection } from './selection.ts';

export interface CohortFigures extends Omit<Cohort, 'evaluated'> {
  readonly evaluated: number;
  /** ORR and DCR by the criterion, with both denominators: those not evaluable are in the larger one. */
  readonly rates: ResponseRates | Problem;
  /** Factors that some have and some have not. */
  readonly missing: readonly { readonly id: string; readonly count: number }[];
  /** Evaluated courses without the endpoint that was asked for; they are in every plot but the last. */
  readonly withoutEndpoint: number;
}

export interface EvidenceFigures {
  readonly cohort: CohortFigures;
  readonly validation: Validation;
  readonly probabilities: readonly number[];
  readonly precision: Precision | Problem;
}

const cohortFigures = (cohort: Cohort, { endpoint }: Selection): CohortFigures => {
  const { evaluated, ...counts } = cohort;
  const notEvaluable = new Array<'NE'>(cohort.notEvaluablePatients).fill('NE');
  const responses = [...evaluated.map(({ response }) => response), ...notEvaluable];
  return {
    ...counts,
    evaluated: evaluated.length,
    rates: attempt(() => responseRates(responses)),
    missing: comparatorIds
      .map((id) => ({ id, count: missingOf(evaluated, id) }))
      .filter(({ count }) => count > 0 && count < evaluated.length),
    withoutEndpoint: evaluated.filter(({ endpoints }) => endpoints[endpoint] === undefined).length,
  };
};

const NAME = 'model';

/** The input of every figure over one outcome and one score. */
export const scoresOf = (rows: readonly EvaluatedRow[], threshold: number): Omit<ValidationInput, 'survival'> => ({
  outcomes: rows.map(({ outcome }) => outcome),
  score: { name: NAME, values: rows.map(({ probability }) => probability) },
  compare: [],
  threshold,
});

type ScoredSurvival = ValidationInput & { readonly survival: NonNullable<ValidationInput['survival']> };

/** The same of those whose endpoint is known. */
const withEndpoint = (rows: readonly EvaluatedRow[], { endpoint }: Selection, threshold: number): ScoredSurvival => {
  const known = rows.filter(({ endpoints }) => endpoints[endpoint] !== undefined);
  return {
    ...scoresOf(known, threshold),
    survival: {
      times: known.map(({ endpoints }) => endpoints[endpoint]?.days ?? Number.NaN),
      events: known.map(({ endpoints }) => (endpoints[endpoint]?.event ? 1 : 0)),
    },
  };
};

export const evidenceFigures = (
  rows: readonly EvidenceRow[],
  selection: Selection,
  threshold: number,
): EvidenceFigures => {
  const cohort = cohortOf(rows, selection);
  const { evaluated } = cohort;
  const validation = validate(scoresOf(evaluated, threshold), 1);
  const { score, survival } = withEndpoint(evaluated, selection, threshold);
  return {
    cohort: cohortFigures(cohort, selection),
    validation: { ...validation, survival: attempt(() => survivalFigures(score, threshold, survival)) },
    probabilities: evaluated.map(({ probability }) => probability),
    precision: isProblem(validation.auc) ? validation.auc : precisionOf(validation.auc),
  };
};

export interface AtThreshold extends Pick<Validation, 'threshold'> {
  readonly survivalByThreshold: SurvivalByThreshold | Problem | undefined;
}

/** What another threshold changes, without the rest. */
export const figuresAtThreshold = (
  rows: readonly EvidenceRow[],
  selection: Selection,
  threshold: number,
): AtThreshold => {
  const { evaluated } = cohortOf(rows, selection);
  const { threshold: at } = thresholdFigures(scoresOf(evaluated, threshold));
  const { survivalByThreshold } = thresholdFigures(withEndpoint(evaluated, selection, threshold));
  return { threshold: at, survivalByThreshold };
};
