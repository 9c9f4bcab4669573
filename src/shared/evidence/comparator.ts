/**
 * What a model is compared with on the same patients. In which direction a factor counts is fixed here and never chosen from
 * the data: an AUC below 0.5 says that the expectation did not hold, and is shown as it is.
 */
import type { EvidenceRow } from './evidence-row.ts';

export const scoreComparators = [
  'albi',
  'crafity',
  'sixAndTwelve',
  'bclc',
  'cnlc',
  'childPughPoints',
  'nlr',
  'plr',
] as const;

/** Single factors: what is measured in most patients before treatment. */
export const factorComparators = [
  'largestDiameter',
  'tumourNumber',
  'liverShare',
  'pvtt',
  'hepaticVeinInvasion',
  'extrahepaticSpread',
  'afp',
  'pivkaII',
  'crp',
  'bilirubin',
  'albumin',
  'alt',
  'ast',
  'platelets',
  'age',
  'sex',
  'hbsAg',
  'ecog',
  'priorTreatment',
] as const;

export const comparatorIds = [...scoreComparators, ...factorComparators] as const;
export type ComparatorId = (typeof comparatorIds)[number];

/** Of which more is expected to go with response; of all others, less. */
const favourable: readonly string[] = ['albumin', 'platelets'];

/** +1 where a larger value speaks for response. */
export const directionOf = (id: string): 1 | -1 => (favourable.includes(id) ? 1 : -1);

export interface Comparator {
  /** `factor:afp`, `model:id version`, `reader:name`. */
  readonly key: string;
  readonly kind: 'factor' | 'model' | 'reader';
  readonly name: string;
  readonly direction: 1 | -1;
  /** Higher speaks for response; undefined where the patient has no value. */
  readonly scoreOf: (row: EvidenceRow) => number | undefined;
}

const factor = (id: string): Comparator => {
  const direction = directionOf(id);
  return {
    key: `factor:${id}`,
    kind: 'factor',
    name: id,
    direction,
    scoreOf: ({ values }) => {
      const value = values[id];
      return value === undefined ? undefined : direction * value;
    },
  };
};

const probabilityOf = (kind: 'model' | 'reader', name: string): Comparator => ({
  key: `${kind}:${name}`,
  kind,
  name,
  direction: 1,
  scoreOf: (row) => (kind === 'model' ? row.others : row.readers)[name],
});

/** Readers and other models first, then scores, then single factors; only what anybody in `rows` has. */
export const comparatorsIn = (rows: readonly EvidenceRow[]): Comparator[] => {
  const namesOf = (of: (row: EvidenceRow) => Readonly<Record<string, number>>) => [
    ...new Set(rows.flatMap((row) => Object.keys(of(row)))),
  ];
  const known = new Set(namesOf(({ values }) => values));
  return [
    ...namesOf(({ readers }) => readers)
      .toSorted()
      .map((name) => probabilityOf('reader', name)),
    ...namesOf(({ others }) => others)
      .toSorted()
      .map((name) => probabilityOf('model', name)),
    ...comparatorIds.filter((id) => known.has(id)).map(factor),
  ];
};
