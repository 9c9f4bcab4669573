import type { Database } from 'better-sqlite3';
import type { AuditLine, AuditNames, AuditPage, AuditQuery } from '#shared/cases/audit.ts';
import { proofOf } from './actor.ts';
import { auditFacts } from './audit-facts.ts';

export const AUDIT_PAGE = 100;

interface Row {
  sequence: number;
  at: string;
  actor: string;
  action: string;
  case_id: string | null;
  detail: string;
}

const detailOf = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    // The verification says which entry is damaged; the others are still to be read.
    return {};
  }
};

const toLine = (row: Row): AuditLine => {
  const detail = detailOf(row.detail);
  return {
    sequence: row.sequence,
    at: row.at,
    actor: row.actor,
    proof: proofOf(row.actor, detail),
    action: row.action,
    caseId: row.case_id,
    facts: auditFacts(detail),
  };
};

const timeOf = ({ from, until }: AuditQuery): { sql: string; params: string[] } => ({
  sql: [...(from === undefined ? [] : ['at >= ?']), ...(until === undefined ? [] : ['at < ?'])].join(' AND '),
  params: [from, until].filter((one) => one !== undefined),
});

/** The entries that a time can lie in: found in its index, so that a page of long ago is as quick as one of today. */
const boundsOf = (db: Database, query: AuditQuery): { first: number; last: number } | undefined => {
  const time = timeOf(query);
  if (time.sql === '') return { first: 0, last: Number.MAX_SAFE_INTEGER };
  const found = db
    .prepare(`SELECT min(sequence) AS first, max(sequence) AS last FROM audit_log WHERE ${time.sql}`)
    .get(...time.params) as { first: number | null; last: number | null };
  return found.first === null || found.last === null ? undefined : { first: found.first, last: found.last };
};

const NONE: ReadonlySet<string> = new Set();

/**
 * One page of the log, newest first; the next one begins before `next`, wherever that is.
 * @param without cases of which no entry is told
 */
export const readAuditPage = (db: Database, query: AuditQuery, without = NONE): AuditPage => {
  const bounds = boundsOf(db, query);
  if (!bounds) return { entries: [], next: null };
  const limit = query.limit ?? AUDIT_PAGE;
  const equal = [
    ['case_id', query.caseId],
    ['actor', query.actor],
    ['action', query.action],
  ].filter((one): one is [string, string] => one[1] !== undefined);
  const time = timeOf(query);
  const conditions = [
    'sequence >= ?',
    'sequence <= ?',
    ...equal.map(([column]) => `${column} = ?`),
    ...(without.size === 0 ? [] : ['(case_id IS NULL OR case_id NOT IN (SELECT value FROM json_each(?)))']),
    // A clock that was set back: within the bounds there may be others.
    ...(time.sql === '' ? [] : [`+${time.sql.replaceAll(' AND at', ' AND +at')}`]),
  ];
  const rows = db
    .prepare(
      `SELECT sequence, at, actor, action, case_id, detail FROM audit_log WHERE ${conditions.join(' AND ')}
       ORDER BY sequence DESC LIMIT ?`,
    )
    .all(
      bounds.first,
      Math.min(bounds.last, (query.before ?? Number.MAX_SAFE_INTEGER) - 1),
      ...equal.map(([, value]) => value),
      ...(without.size === 0 ? [] : [JSON.stringify([...without])]),
      ...time.params,
      limit + 1,
    ) as Row[];
  const page = rows.slice(0, limit);
  return { entries: page.map(toLine), next: rows.length > limit ? (page.at(-1)?.sequence ?? null) : null };
};

/** Every value of an indexed column once: one step in the index a value, however many entries have it. */
const distinct = (db: Database, column: 'actor' | 'action'): string[] =>
  db
    .prepare(
      `WITH RECURSIVE found (value) AS (
         SELECT min(${column}) FROM audit_log
         UNION ALL
         SELECT (SELECT min(${column}) FROM audit_log WHERE ${column} > value) FROM found WHERE value IS NOT NULL
       ) SELECT value FROM found WHERE value IS NOT NULL`,
    )
    .pluck()
    .all() as string[];

export const readAuditNames = (db: Database): AuditNames => ({
  actors: distinct(db, 'actor'),
  actions: distinct(db, 'action'),
});

/** The latest time that any entry carries, whichever was written last: a clock that was set back is not believed. */
export const readLatestTime = (db: Database): string | undefined =>
  (db.prepare('SELECT max(at) FROM audit_log').pluck().get() as string | null) ?? undefined;
