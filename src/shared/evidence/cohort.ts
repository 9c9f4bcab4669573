/**
 * Who is evaluated, and why everybody else is not: every closed course is counted in exactly one place, and every patient once,
 * since two courses of one patient are not two witnesses and every interval here takes them for such.
 */
import {
  type Criterion,
  criterionNamed,
  criterionNames,
  type ResponseCode,
  responseCodes,
} from '../clinical/response/timeline.ts';
import type { ModelStatus } from '../model/manifest.ts';
import { responders } from '../statistics/response-rates.ts';
import { COVERED, type EvidenceRow, modelKey, type RowPrediction } from './evidence-row.ts';
import { isSelected, type Selection } from './selection.ts';

/** In the order in which they are asked; the first that holds is the reason. */
export const exclusions = [
  'training',
  'split-unknown',
  'filtered',
  'no-prediction',
  'other-model',
  'model-criterion',
  'covered',
  'withheld',
  'no-outcome',
  'other-criterion',
  'not-evaluable',
  'later-course',
] as const;
export type Exclusion = (typeof exclusions)[number];

export interface EvaluatedRow extends EvidenceRow {
  readonly prediction: RowPrediction;
  readonly probability: number;
  readonly response: ResponseCode;
  /** 1: responded (CR or PR). */
  readonly outcome: 0 | 1;
}

export interface Cohort {
  /** Closed courses in all. */
  readonly closed: number;
  readonly evaluated: readonly EvaluatedRow[];
  readonly events: number;
  readonly excluded: readonly { readonly reason: Exclusion; readonly count: number }[];
  readonly responses: readonly { readonly code: ResponseCode; readonly count: number }[];
  /** Patients of whom no course could be evaluated, and one at least for its response alone (NE). */
  readonly notEvaluablePatients: number;
  /** Evaluated courses whose prediction was made when the response was known already. */
  readonly afterOutcome: number;
}

/** A criterion's own response; persisting non-target disease without a measured target is no response, as SD. */
const judge = (row: EvidenceRow, selection: Selection): EvaluatedRow | Exclusion => {
  const { prediction, responses } = row;
  if (row.split === 'training') return 'training';
  if (row.split === 'unknown') return 'split-unknown';
  if (!isSelected(row, selection)) return 'filtered';
  if (!prediction) return 'no-prediction';
  if (modelKey(prediction) !== selection.model) return 'other-model';
  if (prediction.criterion !== criterionNames[selection.criterion]) return 'model-criterion';
  if (prediction.probability === null) return prediction.withheldBecause.includes(COVERED) ? 'covered' : 'withheld';
  const response = responses[selection.criterion];
  if (response === undefined) return Object.keys(responses).length === 0 ? 'no-outcome' : 'other-criterion';
  if (response === 'NE') return 'not-evaluable';
  return {
    ...row,
    prediction,
    probability: prediction.probability,
    response,
    outcome: responders.includes(response) ? 1 : 0,
  };
};

/** Of a patient's courses that can be evaluated the first stands for the patient. */
const oncePerPatient = (judged: readonly (EvaluatedRow | Exclusion)[]): (EvaluatedRow | Exclusion)[] => {
  const first = new Map<number, EvaluatedRow>();
  for (const one of judged) {
    if (typeof one === 'string') continue;
    const known = first.get(one.patient);
    if (!known || one.date < known.date) first.set(one.patient, one);
  }
  return judged.map((one) => (typeof one === 'string' || first.get(one.patient) === one ? one : 'later-course'));
};

/** Patients, not courses: who was evaluable once is in the denominator already. */
const onlyNotEvaluable = (rows: readonly EvidenceRow[], judged: readonly (EvaluatedRow | Exclusion)[]): number => {
  const evaluated = new Set(judged.flatMap((one) => (typeof one === 'string' ? [] : one.patient)));
  const others = rows.filter(({ patient }, at) => judged[at] === 'not-evaluable' && !evaluated.has(patient));
  return new Set(others.map(({ patient }) => patient)).size;
};

export const cohortOf = (rows: readonly EvidenceRow[], selection: Selection): Cohort => {
  const judged = oncePerPatient(rows.map((row) => judge(row, selection)));
  const evaluated = judged.filter((one) => typeof one !== 'string');
  return {
    closed: rows.length,
    evaluated,
    events: evaluated.filter(({ outcome }) => outcome === 1).length,
    excluded: exclusions
      .map((reason) => ({ reason, count: judged.filter((one) => one === reason).length }))
      .filter(({ count }) => count > 0),
    responses: responseCodes
      .map((code) => ({ code, count: evaluated.filter(({ response }) => response === code).length }))
      .filter(({ count }) => count > 0),
    notEvaluablePatients: onlyNotEvaluable(rows, judged),
    afterOutcome: evaluated.filter(({ prediction }) => prediction.afterOutcome).length,
  };
};

/** How many of the evaluated have no value of a factor. */
export const missingOf = (rows: readonly EvidenceRow[], id: string): number =>
  rows.filter(({ values }) => values[id] === undefined).length;

/** What the filters offer: what occurs among closed courses, whether selected or not. */
export interface Choices {
  readonly models: readonly {
    readonly key: string;
    readonly count: number;
    readonly criterion: Criterion | undefined;
    readonly status: ModelStatus | undefined;
  }[];
  readonly scanners: readonly string[];
}

export const choicesOf = (rows: readonly EvidenceRow[]): Choices => {
  const predictions = rows.flatMap(({ prediction }) => prediction ?? []);
  return {
    models: [...Map.groupBy(predictions, modelKey)]
      .map(([key, made]) => ({
        key,
        count: made.length,
        criterion: criterionNamed(made[0]?.criterion),
        status: made[0]?.modelStatus,
      }))
      .toSorted((a, b) => b.count - a.count),
    scanners: [...new Set(rows.map(({ scanner }) => scanner))].toSorted(),
  };
};
