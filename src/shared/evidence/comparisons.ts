/** A model beside single factors, scores, readers and other models, each on the patients who have both. Pure. */
import { type AucComparison, type AucEstimate, aucWithInterval, compareAucs } from '../statistics/auc.ts';
import { holm } from '../statistics/holm.ts';
import { type RocPoint, rocCurve } from '../statistics/roc.ts';
import { attempt, isProblem, type Problem } from '../statistics/validation.ts';
import { cohortOf, type EvaluatedRow } from './cohort.ts';
import { type Comparator, comparatorsIn } from './comparator.ts';
import type { EvidenceRow } from './evidence-row.ts';
import type { Selection } from './selection.ts';

export interface ComparedWith {
  readonly key: string;
  readonly kind: Comparator['kind'];
  readonly name: string;
  /** Whether more was expected to go with response, or less; never chosen from the data. */
  readonly direction: 1 | -1;
  /** With this value and a prediction. */
  readonly patients: number;
  readonly auc: AucEstimate | Problem;
  /** Of the model on the same patients. */
  readonly modelAuc: AucEstimate | Problem;
  /** The model minus this one, DeLong's paired test; `pHolm` holds for all of them together. */
  readonly test: (AucComparison & { readonly pHolm: number }) | Problem;
  readonly roc: readonly RocPoint[] | Problem;
}

const compare = (rows: readonly EvaluatedRow[], { scoreOf, ...comparator }: Comparator) => {
  const both = rows.flatMap((row) => {
    const score = scoreOf(row);
    return score === undefined ? [] : [{ row, score }];
  });
  const outcomes = both.map(({ row }) => row.outcome);
  const scores = both.map(({ score }) => score);
  const probabilities = both.map(({ row }) => row.probability);
  return {
    ...comparator,
    patients: both.length,
    auc: attempt(() => aucWithInterval(outcomes, scores)),
    modelAuc: attempt(() => aucWithInterval(outcomes, probabilities)),
    test: attempt(() => compareAucs(outcomes, probabilities, scores)),
    roc: attempt(() => rocCurve(outcomes, scores)),
  };
};

export const comparisonsOf = (rows: readonly EvidenceRow[], selection: Selection): ComparedWith[] => {
  const { evaluated } = cohortOf(rows, selection);
  const compared = comparatorsIn(evaluated).map((comparator) => compare(evaluated, comparator));
  const adjusted = holm(compared.flatMap(({ test }) => (isProblem(test) ? [] : [test.p])));
  let next = 0;
  return compared.map(({ test, ...one }) => ({
    ...one,
    test: isProblem(test) ? test : { ...test, pHolm: adjusted[next++] ?? test.p },
  }));
};
