import type { CaseColumn, CaseCursor, CaseQuery } from '#shared/cases/case.ts';

/** One run of the list, read along an index; `after` continues it behind a case. */
interface Run {
  conditions: string[];
  order: string;
  after(cursor: CaseCursor): { condition: string; params: (string | number)[] };
}

const COLUMNS = {
  patient: { column: 'patient_name', nocase: true, mayBeMissing: false },
  patientId: { column: 'patient_id', nocase: true, mayBeMissing: false },
  studyDate: { column: 'study_date', nocase: false, mayBeMissing: true },
  probability: { column: 'probability', nocase: false, mayBeMissing: true },
  model: { column: 'model_id', nocase: true, mayBeMissing: true },
} as const satisfies Record<Exclude<CaseColumn, 'changed'>, object>;
type SortColumn = (typeof COLUMNS)[keyof typeof COLUMNS]['column'];

/** Column of the list's row that holds the value a query sorts by; undefined for the order of saving. */
export const sortColumn = ({ sort }: CaseQuery): SortColumn | undefined =>
  sort && sort.by !== 'changed' ? COLUMNS[sort.by].column : undefined;

const byPlace = (place: string, descending: boolean): Run => ({
  conditions: [],
  order: `${place} ${descending ? 'DESC' : 'ASC'}`,
  after: ({ position }) => ({ condition: `${place} ${descending ? '<' : '>'} ?`, params: [position] }),
});

/**
 * Pure: the runs that make up the order of a query, one after the other. What a case has no value for stands at the end,
 * newest first, whichever way the others go: NULL has no place among values that are compared. The first run is the one
 * that the page before ended in.
 * @param place the column that holds a case's place in the list
 */
export const runsOf = ({ sort, after }: CaseQuery, place: string): Run[] => {
  if (!sort || sort.by === 'changed') return [byPlace(place, sort?.descending ?? true)];
  const { column, nocase, mayBeMissing } = COLUMNS[sort.by];
  const key = `l.${column}${nocase ? ' COLLATE NOCASE' : ''}`;
  const [way, beyond] = sort.descending ? ['DESC', '<'] : ['ASC', '>'];
  const present: Run = {
    conditions: mayBeMissing ? [`l.${column} IS NOT NULL`] : [],
    order: `${key} ${way}, l.position ${way}`,
    after: ({ key: value, position }) => ({
      condition: `(${key}, l.position) ${beyond} (?, ?)`,
      params: [value ?? '', position],
    }),
  };
  const missing = byPlace('l.position', true);
  const rest = mayBeMissing ? [{ ...missing, conditions: [`l.${column} IS NULL`] }] : [];
  return after?.key === null ? rest : [present, ...rest];
};
