import type { Database } from 'better-sqlite3';
import { unlist } from './list/list-row.ts';
import { caseTables, quoted } from './seal/case-tables.ts';

export interface Tombstone {
  case_id: string;
  erased_at: string;
  reason: 'trash' | 'request';
}

export const tombstones = (db: Database): Tombstone[] =>
  db.prepare('SELECT case_id, erased_at, reason FROM tombstones ORDER BY case_id').all() as Tombstone[];

/**
 * Takes every row of a case away and leaves a tombstone; call it inside the transaction of its audit entry. Freed pages are
 * overwritten (`secure_delete`), and the index of short terms is written anew without it, which its kind of table does not do
 * by itself.
 */
export const eraseCase = (db: Database, number: number, tombstone: Tombstone): void => {
  db.pragma('defer_foreign_keys = ON');
  db.prepare('INSERT INTO tombstones (case_id, erased_at, reason) VALUES (@case_id, @erased_at, @reason)').run(
    tombstone,
  );
  unlist(db, number);
  for (const table of caseTables(db)) {
    db.prepare(`DELETE FROM ${quoted(table)} WHERE case_id = ?`).run(tombstone.case_id);
  }
  db.prepare('DELETE FROM cases WHERE id = ?').run(tombstone.case_id);
  db.exec(`INSERT INTO case_search_short (case_search_short) VALUES ('optimize')`);
};
