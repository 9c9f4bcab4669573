import type { Database } from 'better-sqlite3';

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Tables that speak of a case and are not of it: they stay when it is erased. */
const OUTLIVE = ['audit_log', 'tombstones'];

/** Every table with rows of a case, whichever migration brought it. */
export const caseTables = (db: Database): string[] =>
  db
    .prepare(
      `SELECT DISTINCT t.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c ON c.name = 'case_id'
       WHERE t.type = 'table' AND t.name NOT IN (${OUTLIVE.map(() => '?').join(', ')}) ORDER BY t.name`,
    )
    .pluck()
    .all(...OUTLIVE) as string[];
