import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import type { CasePage, CaseQuery, CaseSummary } from '#shared/cases/case.ts';
import { withheldReasonSchema } from '#shared/model/prediction.ts';
import { prepared } from '../sql/prepared.ts';
import { COURSE_COLUMNS, COURSE_JOIN, type CourseColumns, courseCondition, courseOf } from './course-filter.ts';
import { runsOf, sortColumn } from './list-order.ts';
import { fitsTrigrams, ftsPhrase, searchTerms } from './search-text.ts';
import { shortTerm } from './short-terms.ts';

export const DEFAULT_LIMIT = 200;
/** Beyond this a search says "more than": counting on would read every match of a common word. */
const MOST_COUNTED = 1_000;

export interface SummaryRow extends Partial<CourseColumns> {
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
  /** JSON; null where nothing is withheld. */
  withheld_because: string | null;
}

/** Why the number is withheld, of the prediction in force: few cases have reasons, so they are read where they stand. */
const WITHHELD = `CASE WHEN l.decision = 'withheld' THEN (
  SELECT json_extract(body, '$.withheldBecause') FROM predictions WHERE case_id = l.id ORDER BY sequence DESC LIMIT 1
) END AS withheld_because`;
/** What a row of the list says of a case, from `case_list l`; the second needs `COURSE_JOIN` behind it. */
export const CASE_COLUMNS = `l.*, ${WITHHELD}`;
export const SUMMARY_COLUMNS = `${CASE_COLUMNS}, ${COURSE_COLUMNS}`;

const reasonsIn = (json: string | null): CaseSummary['withheldBecause'] =>
  json === null ? [] : z.array(withheldReasonSchema).parse(JSON.parse(json));

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
const selectionOf = (query: CaseQuery, without: ReadonlySet<string>): Selection => {
  const matches = matchesOf(searchTerms(query.text ?? ''));
  const [lead, ...rest] = query.trashed ? [undefined, ...matches] : matches;
  const asked = rest.filter((match) => match !== undefined);
  const course = courseCondition(query);
  return {
    isSearch: lead !== undefined,
    place: lead ? `${lead.table}.rowid` : 'l.position',
    from: lead ? `${lead.table} CROSS JOIN case_list l ON l.position = ${lead.table}.rowid` : 'case_list l',
    conditions: [
      ...(lead ? [`${lead.table} MATCH ?`] : []),
      `l.trashed = ${query.trashed ? 1 : 0}`,
      // A case with a decision is a predicted one: asked for both, the index of decisions alone answers.
      ...(query.status && !(query.decision && query.status === 'predicted')
        ? [`l.predicted = ${query.status === 'predicted' ? 1 : 0}`]
        : []),
      ...(query.decision ? ['l.decision = ?'] : []),
      ...(query.studyInstanceUID === undefined ? [] : ['l.study_instance_uid = ?']),
      ...asked.map(({ table }) => `EXISTS (SELECT 1 FROM ${table} WHERE ${table} MATCH ? AND rowid = l.position)`),
      ...course.sql,
      ...(without.size === 0 ? [] : ['l.id NOT IN (SELECT value FROM json_each(?))']),
    ],
    params: [
      ...(lead ? [lead.match] : []),
      ...(query.decision ? [query.decision] : []),
      ...(query.studyInstanceUID === undefined ? [] : [query.studyInstanceUID]),
      ...asked.map(({ match }) => match),
      ...course.params,
      ...(without.size === 0 ? [] : [JSON.stringify([...without])]),
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
  withheldBecause: reasonsIn(row.withheld_because),
  modelId: row.model_id,
  modelVersion: row.model_version,
  modelStatus: row.model_status,
  status: row.decision === null ? 'in-progress' : 'predicted',
  trashedAt: row.trashed_at,
  ...courseOf(row),
});

const countOf = (db: Database, { from, conditions, params }: Selection, most: number): number =>
  (
    prepared(db, `SELECT count(*) AS found FROM (SELECT 1 FROM ${from} WHERE ${conditions.join(' AND ')} LIMIT ?)`).get(
      ...params,
      most,
    ) as { found: number }
  ).found;

/** Rows of one run after the other, until there are `wanted`. */
const readRows = (db: Database, query: CaseQuery, selection: Selection, wanted: number): SummaryRow[] => {
  const rows: SummaryRow[] = [];
  for (const [index, run] of runsOf(query, selection.place).entries()) {
    const after = query.after && index === 0 ? run.after(query.after) : undefined;
    const conditions = [...selection.conditions, ...run.conditions, ...(after ? [after.condition] : [])];
    const statement = prepared(
      db,
      `SELECT ${SUMMARY_COLUMNS} FROM ${selection.from} ${COURSE_JOIN} WHERE ${conditions.join(' AND ')}
       ORDER BY ${run.order} LIMIT ?`,
    );
    const params = [...selection.params, ...(after?.params ?? []), wanted - rows.length];
    rows.push(...(statement.all(...params) as SummaryRow[]));
    if (rows.length >= wanted) break;
  }
  return rows;
};

/**
 * One page of the history, newest first unless it is sorted, and how many cases match. The next page begins after `next`,
 * wherever it is in a long history, without reading the pages before it.
 * @param without cases that are not in it, and not counted
 */
export const listCases = (db: Database, query: CaseQuery, without: ReadonlySet<string> = new Set()): CasePage => {
  const selection = selectionOf(query, without);
  const limit = query.limit ?? DEFAULT_LIMIT;
  const rows = readRows(db, query, selection, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  const column = sortColumn(query);
  const counted = countOf(db, selection, selection.isSearch ? MOST_COUNTED + 1 : Number.MAX_SAFE_INTEGER);
  const isMore = selection.isSearch && counted > MOST_COUNTED;
  return {
    cases: page.map(toSummary),
    total: isMore ? MOST_COUNTED : counted,
    isMore,
    next:
      rows.length > limit && last ? { position: last.position, key: column === undefined ? null : last[column] } : null,
  };
};
