import { randomInt } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { prepared } from '../sql/prepared.ts';

/**
 * Binds the write-ahead log to the file that it belongs to. Every change gives the file a new random id (SQLite's
 * `application_id`, in the first page) and writes down which ids the file itself may have while the log is ahead of it.
 * A log that is found later is good for a file with one of those ids and for no other, so that a `records.db` put back
 * from a backup is never mixed with the log of the one that it replaced.
 */
export const BINDING_SINCE = 85;

const MOST = 2 ** 31 - 1;

export const applicationId = (db: Database): number => Number(db.pragma('application_id', { simple: true }));

/** Call inside the transaction of a change. `bases`: the ids of the file since its log was last emptied. Gives the new id. */
export const bindChange = (db: Database, bases: readonly number[]): number => {
  const id = randomInt(1, MOST);
  db.pragma(`application_id = ${id}`);
  prepared(db, 'UPDATE log_binding SET bases = ?').run(JSON.stringify(bases));
  return id;
};

/** Does the log that `db` reads along with its file belong to a file with the id `fileId`? Files before the binding: yes. */
export const logBelongs = (db: Database, fileId: number): boolean => {
  if (applicationId(db) === fileId) return true;
  const hasBinding = db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'log_binding'`).get() !== undefined;
  if (!hasBinding) return fileId === 0;
  const text = String(db.prepare('SELECT bases FROM log_binding').pluck().get());
  return z.array(z.number()).parse(JSON.parse(text)).includes(fileId);
};

/** Moves what the log holds into the file and empties the log. False where it could not, as on a full disk. */
export const emptyLog = (db: Database): boolean => {
  const [answer] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  return answer?.busy === 0;
};
