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

export interface CaseToErase {
  /** Undefined for a case that is not here: its tombstone keeps it away. */
  number: number | undefined;
  tombstone: Tombstone;
}

/**
 * Takes every row of the cases away and leaves their tombstones; call it inside the transaction of their audit entries. Freed
 * pages are overwritten (`secure_delete`), and the index of short terms is written anew without them, which its kind of table
 * does not do by itself: once for all of them, as that reads the whole index.
 */
export const eraseCases = (db: Database, erased: readonly CaseToErase[]): void => {
  db.pragma('defer_foreign_keys = ON');
  const bury = db.prepare('INSERT INTO tombstones (case_id, erased_at, reason) VALUES (@case_id, @erased_at, @reason)');
  const removals = [
    ...caseTables(db).map((table) => db.prepare(`DELETE FROM ${quoted(table)} WHERE case_id = ?`)),
    db.prepare('DELETE FROM cases WHERE id = ?'),
  ];
  for (const { number, tombstone } of erased) {
    bury.run(tombstone);
    if (number === undefined) continue;
    unlist(db, number);
    for (const removal of removals) removal.run(tombstone.case_id);
  }
  db.exec(`INSERT INTO case_search_short (case_search_short) VALUES ('optimize')`);
};
