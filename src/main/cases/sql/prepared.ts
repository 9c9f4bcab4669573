import type { Database, Statement } from 'better-sqlite3';

const kept = new WeakMap<Database, Map<string, Statement>>();

/**
 * A statement that is compiled once for a file and not for each of a hundred thousand cases; compiling costs more than most
 * of them do. Rows come as objects: a statement that is to be read otherwise is not shared.
 */
export const prepared = (db: Database, sql: string): Statement => {
  const ofFile = kept.get(db) ?? new Map<string, Statement>();
  kept.set(db, ofFile);
  const statement = ofFile.get(sql) ?? db.prepare(sql);
  ofFile.set(sql, statement);
  return statement;
};
