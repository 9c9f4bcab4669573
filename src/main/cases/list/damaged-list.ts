import type { Database } from 'better-sqlite3';
import type { CaseColumn, CasePage, CaseQuery, CaseSort, CaseSummary, SavedCase } from '#shared/cases/case.ts';
import type { DamagedReaders } from '../rows/good-case.ts';
import { COURSE_JOIN } from './course-filter.ts';
import { CASE_COLUMNS, DEFAULT_LIMIT, SUMMARY_COLUMNS, type SummaryRow, toSummary } from './list-cases.ts';
import { listRowOf } from './list-row.ts';
import { NO_RESULT } from './no-result.ts';
import { foldText, searchTerms } from './search-text.ts';

/** The same ids stand in many places of the file; a damaged page takes away those of one. */
const PLACES_OF_IDS = [
  'SELECT id FROM cases NOT INDEXED ORDER BY number',
  'SELECT id FROM cases NOT INDEXED ORDER BY number DESC',
  'SELECT id FROM cases ORDER BY id',
  'SELECT id FROM case_list NOT INDEXED ORDER BY position',
  'SELECT id FROM case_list NOT INDEXED ORDER BY position DESC',
  'SELECT id FROM case_list ORDER BY id',
  'SELECT case_id FROM studies ORDER BY case_id',
  'SELECT DISTINCT case_id FROM audit_log WHERE case_id IS NOT NULL',
];

/** Ids are UUIDs; what a damaged block decrypts to is none. */
const CASE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads as far as the page that is damaged. */
const readable = (db: Database, sql: string): string[] => {
  const ids: string[] = [];
  try {
    for (const id of db.prepare(sql).pluck().iterate()) ids.push(String(id));
  } catch {
    // What was read before it is good.
  }
  return ids;
};

/** The id of every case that is named anywhere in a damaged file, and was not erased. */
export const reachableIds = (db: Database): string[] => {
  const erased = new Set(readable(db, 'SELECT case_id FROM tombstones'));
  const named = new Set(PLACES_OF_IDS.flatMap((sql) => readable(db, sql)));
  return [...named].filter((id) => CASE_ID.test(id) && !erased.has(id));
};

const attempt = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

const unnamed = (id: string): CaseSummary => ({
  id,
  patientName: '',
  patientId: '',
  updatedAt: '',
  ...NO_RESULT,
  trashedAt: null,
  unreadable: true,
});

const fitsCourse = ({ course }: CaseSummary, query: CaseQuery): boolean => {
  if (query.course === undefined) return true;
  if (query.course === 'outcome-missing') return course?.outcomeMissing === true;
  if (query.course !== 'due') return course?.state === query.course;
  return course?.state === 'open' && course.followUpDue !== null && course.followUpDue <= (query.today ?? '');
};

const fits = (summary: CaseSummary, query: CaseQuery): boolean => {
  const text = foldText(`${summary.patientName}\n${summary.patientId}\n${summary.studyDescription ?? ''}`);
  return (
    (summary.trashedAt !== null) === (query.trashed ?? false) &&
    (query.status === undefined || summary.status === query.status) &&
    (query.decision === undefined || summary.decision === query.decision) &&
    fitsCourse(summary, query) &&
    searchTerms(query.text ?? '').every((term) => text.includes(term))
  );
};

const VALUE: Record<CaseColumn, (summary: CaseSummary) => string | number | undefined> = {
  changed: ({ updatedAt }) => updatedAt,
  patient: ({ patientName }) => patientName.toLowerCase(),
  patientId: ({ patientId }) => patientId.toLowerCase(),
  studyDate: ({ studyDate }) => studyDate,
  probability: ({ probability }) => probability ?? undefined,
  model: ({ modelId }) => modelId?.toLowerCase(),
};

/** In the order asked for, newest change first where nothing is said; without a value last. */
const inOrder =
  ({ by, descending }: CaseSort = { by: 'changed', descending: true }) =>
  (one: CaseSummary, other: CaseSummary): number => {
    const [a, b] = [VALUE[by](one), VALUE[by](other)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    if (a === b) return 0;
    return a < b === descending ? 1 : -1;
  };

/** The row of a case whose own is not to be had. */
const rowOf = (saved: SavedCase): SummaryRow => {
  const row = listRowOf(saved);
  const [prediction] = saved.predictions;
  const because = row.decision === 'withheld' && prediction ? JSON.stringify(prediction.withheldBecause) : null;
  return { position: 0, ...row, withheld_because: because } as SummaryRow;
};

/**
 * The list of a damaged history: case by case, from whatever is as it was written of each; those that cannot be opened say so.
 * `read` gives a case or throws.
 */
export const listDamaged = (
  { checked, unchecked }: DamagedReaders,
  query: CaseQuery,
  read: (id: string) => SavedCase,
): CasePage => {
  // A page that is not whole may hold another name or another number and look well: rows come from whole pages alone.
  const rowFrom = (sql: string, id: string) => attempt(() => checked.prepare(sql).get(id) as SummaryRow | undefined);
  const row = (id: string): SummaryRow | undefined =>
    rowFrom(`SELECT ${SUMMARY_COLUMNS} FROM case_list l ${COURSE_JOIN} WHERE l.id = ?`, id) ??
    rowFrom(`SELECT ${CASE_COLUMNS} FROM case_list l WHERE id = ?`, id) ??
    attempt(() => rowOf(read(id)));
  const found = reachableIds(unchecked)
    .map((id) => {
      const known = row(id);
      return known ? toSummary(known) : unnamed(id);
    })
    .filter((summary) => fits(summary, query))
    .sort(inOrder(query.sort));
  const from = query.after?.position ?? 0;
  const limit = query.limit ?? DEFAULT_LIMIT;
  const cases = found
    .slice(from, from + limit)
    .map((summary) => (attempt(() => read(summary.id)) ? summary : { ...summary, unreadable: true }));
  return {
    cases,
    total: found.length,
    isMore: false,
    next: found.length > from + limit ? { position: from + limit, key: null } : null,
  };
};
