import { existsSync, statSync } from 'node:fs';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import { migrate } from './migrate.ts';
import { toRecordError } from './record-errors.ts';

export interface RecordsFileOptions {
  file: string;
  /** 32 bytes; SQLCipher takes them raw, without a key derivation. */
  key: Uint8Array;
}

export interface OpenRecordsFile {
  db: Database;
  /** True where the last owner ended without closing: whole transactions were taken over from the write-ahead log. */
  recovered: boolean;
}

const BUSY_TIMEOUT_MS = 2_000;
const KEY_BYTES = 32;

const walBytes = (file: string): number => (existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0);

const configure = (db: Database, key: Uint8Array): void => {
  // The whole file is encrypted, the write-ahead log too; temporary files are kept from the disk altogether.
  db.pragma(`cipher = 'sqlcipher'`);
  db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
  db.pragma('temp_store = MEMORY');
  // One owner at a time: the lock belongs to the process and goes with it, also when it is killed.
  db.pragma('locking_mode = EXCLUSIVE');
  db.pragma('journal_mode = WAL');
  // A commit has reached the disk when it returns; SQLite's default in WAL mode may lose the last ones with the power.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  db.pragma('cell_size_check = ON');
};

/** Takes over what an interrupted session left, and makes sure that it fits together before anything is added. */
const checkAfterRecovery = (db: Database): void => {
  const answer = db.pragma('quick_check(1)', { simple: true });
  const orphans = db.pragma('foreign_key_check');
  if (answer !== 'ok' || (Array.isArray(orphans) && orphans.length > 0)) {
    throw toRecordError(Object.assign(new Error('quick_check failed'), { code: 'SQLITE_CORRUPT' }));
  }
};

/**
 * Opens (or creates) the record file, alone and at the newest schema.
 * Throws `records-corrupt` (also for a wrong key: the caller knows whether the key is right), `records-in-use`,
 * `records-read-only`, `disk-full`, `records-newer`.
 */
export const openRecordsFile = ({ file, key }: RecordsFileOptions): OpenRecordsFile => {
  if (key.length !== KEY_BYTES)
    throw new AppError('internal', `The record key has ${key.length} bytes, not ${KEY_BYTES}.`);
  const recovered = walBytes(file) > 0;
  let db: Database | undefined;
  try {
    db = new BetterSqlite(file, { timeout: BUSY_TIMEOUT_MS });
    configure(db, key);
    migrate(db);
    if (recovered) checkAfterRecovery(db);
    return { db, recovered };
  } catch (error) {
    db?.close();
    throw toRecordError(error);
  }
};
