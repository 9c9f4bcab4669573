import type { Database } from 'better-sqlite3';
import type { CaseQuery, CaseSummary } from '#shared/cases/case.ts';
import { fitsTrigrams, ftsPhrase, likePattern, searchTerms } from './search-text.ts';

const DEFAULT_LIMIT = 200;

interface SummaryRow {
  id: string;
  updated_at: string;
  trashed_at: string | null;
  patient_name: string;
  patient_id: string;
  study_date: string | null;
  study_description: string | null;
  body: string | null;
}

interface PredictionParts {
  probability: number;
  interval: CaseSummary['interval'];
  decision: CaseSummary['decision'];
  model: { id: string; version: string; status: string };
}

/** Pure: the conditions of a query as SQL, all values as parameters. */
export const conditionsOf = (query: CaseQuery): { sql: string; params: string[] } => {
  const conditions = [query.trashed ? 'c.trashed_at IS NOT NULL' : 'c.trashed_at IS NULL'];
  const params: string[] = [];
  if (query.status) conditions.push(query.status === 'predicted' ? 'p.id IS NOT NULL' : 'p.id IS NULL');
  if (query.decision) {
    conditions.push('p.decision = ?');
    params.push(query.decision);
  }
  if (query.studyInstanceUID !== undefined) {
    conditions.push('s.study_instance_uid = ?');
    params.push(query.studyInstanceUID);
  }
  for (const term of searchTerms(query.text ?? '')) {
    const trigrams = fitsTrigrams(term);
    conditions.push(
      trigrams
        ? 'c.number IN (SELECT rowid FROM case_search WHERE case_search MATCH ?)'
        : `c.number IN (SELECT rowid FROM case_search WHERE text LIKE ? ESCAPE '\\')`,
    );
    params.push(trigrams ? ftsPhrase(term) : likePattern(term));
  }
  return { sql: conditions.join(' AND '), params };
};

/** The prediction in force: the newest, unless the inputs were changed after it. */
const FROM = `
  FROM cases c
  JOIN studies s ON s.case_id = c.id
  LEFT JOIN predictions p ON c.prediction_outdated = 0
    AND p.sequence = (SELECT max(sequence) FROM predictions WHERE case_id = c.id)`;

const toSummary = (row: SummaryRow): CaseSummary => {
  const prediction = row.body === null ? undefined : (JSON.parse(row.body) as PredictionParts);
  return {
    id: row.id,
    patientName: row.patient_name,
    patientId: row.patient_id,
    ...(row.study_date === null ? {} : { studyDate: row.study_date }),
    ...(row.study_description === null ? {} : { studyDescription: row.study_description }),
    updatedAt: row.updated_at,
    probability: prediction?.probability ?? null,
    interval: prediction?.interval ?? null,
    decision: prediction?.decision ?? null,
    modelId: prediction?.model.id ?? null,
    modelVersion: prediction?.model.version ?? null,
    modelStatus: prediction?.model.status ?? null,
    status: prediction ? 'predicted' : 'in-progress',
    trashedAt: row.trashed_at,
  };
};

/** One page of the history, newest first, and how many cases match in all. */
export const listCases = (db: Database, query: CaseQuery): { cases: CaseSummary[]; total: number } => {
  const { sql, params } = conditionsOf(query);
  const { total } = db.prepare(`SELECT count(*) AS total ${FROM} WHERE ${sql}`).get(...params) as { total: number };
  const rows = db
    .prepare(
      `SELECT c.id, c.updated_at, c.trashed_at, s.patient_name, s.patient_id, s.study_date, s.study_description, p.body
       ${FROM} WHERE ${sql} ORDER BY c.updated_at DESC, c.number DESC LIMIT ? OFFSET ?`,
    )
    .all(...params, query.limit ?? DEFAULT_LIMIT, query.offset ?? 0) as SummaryRow[];
  return { cases: rows.map(toSummary), total };
};
