import type { Database } from 'better-sqlite3';
import type { CasePage, CaseQuery, CaseSummary } from '#shared/cases/case.ts';
import { fitsTrigrams, ftsPhrase, searchTerms } from './search-text.ts';
import { shortTerm } from './short-terms.ts';

export const DEFAULT_LIMIT = 200;
/** Beyond this a search says "more than": counting on would read every match of a common word. */
const MOST_COUNTED = 1_000;

export interface SummaryRow {
  position: number;
  id: string;
  updated_at: string;
  trashed_at: string | null;
  patient_name: string;
  patient_id: string;
  study_date: string | null;
  study_description: string | null;
  decision: CaseSummary['decision'];
  probability: number | null;
  interval_level: number | null;
  interval_low: number | null;
  interval_high: number | null;
  model_id: string | null;
  model_version: string | null;
  model_status: string | null;
}

interface Selection {
  from: string;
  /** The column that holds a case's place in the list. */
  place: string;
  /** Read in the order of a search, whose matches may be as many as there are cases. */
  isSearch: boolean;
  conditions: string[];
  params: (string | number)[];
}

const LONG = { table: 'case_search', phrase: ftsPhrase };
const SHORT = { table: 'case_search_short', phrase: (term: string) => ftsPhrase(shortTerm(term)) };

/** A search table with all terms that it answers, in one question. */
const matchesOf = (terms: readonly string[]): { table: string; match: string }[] =>
  [
    { ...LONG, terms: terms.filter(fitsTrigrams) },
    { ...SHORT, terms: terms.filter((term) => !fitsTrigrams(term)) },
  ].flatMap(({ table, phrase, terms: own }) =>
    own.length === 0 ? [] : [{ table, match: own.map(phrase).join(' AND ') }],
  );

/**
 * Pure: where a query reads, as SQL with all values as parameters. In the trash, which is small, the list leads and the
 * search is asked of each of its cases; elsewhere the first search leads, in the order of the list.
 */
const selectionOf = (query: CaseQuery): Selection => {
  const matches = matchesOf(searchTerms(query.text ?? ''));
  const [lead, ...rest] = query.trashed ? [undefined, ...matches] : matches;
  const asked = rest.filter((match) => match !== undefined);
  return {
    isSearch: lead !== undefined,
    place: lead ? `${lead.table}.rowid` : 'l.position',
    from: lead ? `${lead.table} CROSS JOIN case_list l ON l.position = ${lead.table}.rowid` : 'case_list l',
    conditions: [
      ...(lead ? [`${lead.table} MATCH ?`] : []),
      `l.trashed = ${query.trashed ? 1 : 0}`,
      ...(query.status ? [`l.predicted = ${query.status === 'predicted' ? 1 : 0}`] : []),
      ...(query.decision ? ['l.decision = ?'] : []),
      ...(query.studyInstanceUID === undefined ? [] : ['l.study_instance_uid = ?']),
      ...asked.map(({ table }) => `EXISTS (SELECT 1 FROM ${table} WHERE ${table} MATCH ? AND rowid = l.position)`),
    ],
    params: [
      ...(lead ? [lead.match] : []),
      ...(query.decision ? [query.decision] : []),
      ...(query.studyInstanceUID === undefined ? [] : [query.studyInstanceUID]),
      ...asked.map(({ match }) => match),
    ],
  };
};

export const toSummary = (row: SummaryRow): CaseSummary => ({
  id: row.id,
  patientName: row.patient_name,
  patientId: row.patient_id,
  ...(row.study_date === null ? {} : { studyDate: row.study_date }),
  ...(row.study_description === null ? {} : { studyDescription: row.study_description }),
  updatedAt: row.updated_at,
  probability: row.probability,
  interval:
    row.interval_level === null || row.interval_low === null || row.interval_high === null
      ? null
      : { level: row.interval_level, low: row.interval_low, high: row.interval_high },
  decision: row.decision,
  modelId: row.model_id,
  modelVersion: row.model_version,
  modelStatus: row.model_status,
  status: row.decision === null ? 'in-progress' : 'predicted',
  trashedAt: row.trashed_at,
});

const countOf = (db: Database, { from, conditions, params }: Selection, most: number): number =>
  Number(
    db
      .prepare(`SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${conditions.join(' AND ')} LIMIT ?)`)
      .pluck()
      .get(...params, most),
  );

/**
 * One page of the history, newest first, and how many cases match. The next page begins after `next`, wherever it is in
 * a long history, without reading the pages before it.
 */
export const listCases = (db: Database, query: CaseQuery): CasePage => {
  const selection = selectionOf(query);
  const { place, isSearch } = selection;
  const limit = query.limit ?? DEFAULT_LIMIT;
  const after = query.after === undefined ? [] : [query.after];
  const rows = db
    .prepare(
      `SELECT l.* FROM ${selection.from}
       WHERE ${[...selection.conditions, ...after.map(() => `${place} < ?`)].join(' AND ')}
       ORDER BY ${place} DESC LIMIT ? OFFSET ?`,
    )
    .all(...selection.params, ...after, limit + 1, query.offset ?? 0) as SummaryRow[];
  const page = rows.slice(0, limit);
  const counted = countOf(db, selection, isSearch ? MOST_COUNTED + 1 : Number.MAX_SAFE_INTEGER);
  const isMore = isSearch && counted > MOST_COUNTED;
  return {
    cases: page.map(toSummary),
    total: isMore ? MOST_COUNTED : counted,
    isMore,
    next: rows.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
};
