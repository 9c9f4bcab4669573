/** Entries of the audit log that stand for themselves, and are about no case. */
import type { Database } from 'better-sqlite3';

export const WRITTEN = 'something.done';

/** Numbers of the writes that made one, in the order of the log. */
export const entriesOfWrites = (db: Database): number[] =>
  db
    .prepare(`SELECT json_extract(detail, '$.n') FROM audit_log WHERE action = ? ORDER BY sequence`)
    .pluck()
    .all(WRITTEN)
    .map(Number);

export const countOfAction = (db: Database, action: string): number =>
  Number(db.prepare('SELECT count(*) FROM audit_log WHERE action = ?').pluck().get(action));
