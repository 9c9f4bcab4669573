import { chmodSync, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import BetterSqlite, { type Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import type { DamagedReaders } from '../rows/good-case.ts';
import { corrupt, damagedFile, toRecordError } from '../sql/record-errors.ts';
import { emptyLog } from './log-binding.ts';
import { closeReader, logOf, lookBefore, refuseLogAlone, suspicionOf } from './look-before.ts';
import { migrate, newestVersion, schemaVersion } from './migrate.ts';

export interface RecordsFileOptions {
  file: string;
  /** 32 bytes; SQLCipher takes them raw, without a key derivation. */
  key: Uint8Array;
}

export interface OpenRecordsFile {
  db: Database;
  /** True where the last owner ended without closing: whole transactions were taken over from the write-ahead log. */
  recovered: boolean;
  /** Present where the file failed its check: it was opened to be read only, and `db` reads pages that are not whole. */
  damaged: DamagedReaders | undefined;
  close(): void;
}

const BUSY_TIMEOUT_MS = 2_000;
const KEY_BYTES = 32;

interface Reading {
  /** False: a page whose HMAC does not fit is read all the same; the seal of a case tells whether its own part is good. */
  checked: boolean;
}

const unlocked = (db: Database, key: Uint8Array, { checked }: Reading = { checked: true }): Database => {
  // The whole file is encrypted, the write-ahead log too; temporary files are kept from the disk altogether.
  db.pragma(`cipher = 'sqlcipher'`);
  // Holds only where it is said before the key.
  if (!checked) db.pragma('hmac_check = 0');
  db.pragma(`key = "x'${Buffer.from(key).toString('hex')}'"`);
  db.pragma('temp_store = MEMORY');
  db.pragma('trusted_schema = OFF');
  db.pragma(`cell_size_check = ${checked ? 'ON' : 'OFF'}`);
  return db;
};

/** Reads a file (and its log) without changing either. */
export const openReader = ({ file, key }: RecordsFileOptions, reading?: Reading): Database =>
  unlocked(
    new BetterSqlite(file, {
      readonly: true,
      timeout: BUSY_TIMEOUT_MS,
    }),
    key,
    reading,
  );

export const openWriter = ({ file, key }: RecordsFileOptions): Database => {
  const db = new BetterSqlite(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    unlocked(db, key);
    // One owner at a time: the lock belongs to the process and goes with it, also when it is killed.
    db.pragma('locking_mode = EXCLUSIVE');
    db.pragma('journal_mode = WAL');
    // A commit has reached the disk when it returns; SQLite's default in WAL mode may lose the last ones with the power.
    db.pragma('synchronous = FULL');
    // The log is emptied after every change, by the store, so that the file alone holds what was acknowledged.
    db.pragma('wal_autocheckpoint = 0');
    db.pragma('foreign_keys = ON');
    // What is erased is overwritten: whoever has the key finds nothing of it in free pages.
    db.pragma('secure_delete = ON');
    migrate(db);
    emptyLog(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** SQLite gives the log the rights of its file, and the file those of the process. On Windows the folder's rights hold. */
const ownersOnly = (file: string): void => {
  if (process.platform !== 'win32') chmodSync(file, 0o600);
};

/** A new file appears whole or not at all: an empty one is then always damage, and never one that was being made. */
const createWhole = (options: RecordsFileOptions): void => {
  const beginning = `${options.file}.new`;
  // SQLite would delete a log that it finds beside a new file.
  refuseLogAlone(options.file);
  for (const rest of [beginning, logOf(beginning)]) rmSync(rest, { force: true });
  openWriter({ ...options, file: beginning }).close();
  ownersOnly(beginning);
  renameSync(beginning, options.file);
};

/** Has the file checked at the next opening, whatever happens until then. */
export const suspect = (file: string): void => {
  try {
    writeFileSync(suspicionOf(file), '', { mode: 0o600 });
  } catch {
    // On a disk that cannot be written nothing can be saved either.
  }
};

/** To be read only. Throws `records-corrupt` where not even its tables are known. */
export const openDamagedFile = (options: RecordsFileOptions, recovered: boolean): OpenRecordsFile => {
  const { file } = options;
  suspect(file);
  const readers = { checked: openReader(options), unchecked: openReader(options, { checked: false }) };
  const close = () => {
    readers.checked.close();
    closeReader(readers.unchecked, file);
  };
  try {
    // Its tables would be those of another version, and a damaged file is not brought to a new form.
    if (schemaVersion(readers.unchecked) < newestVersion) throw damagedFile('damaged, and of an older schema');
    // Reads which tables there are: without them there is nothing to read.
    readers.unchecked.prepare('SELECT count(*) FROM sqlite_schema').get();
    return { db: readers.unchecked, recovered, damaged: readers, close };
  } catch (error) {
    close();
    throw error;
  }
};

/**
 * Opens (or creates) the record file, alone and at the newest schema; a damaged one to be read only.
 * Throws `records-corrupt` (also for a wrong key: the caller knows whether the key is right), `records-in-use`,
 * `records-log-foreign`, `records-read-only`, `disk-full`, `records-newer`.
 */
export const openRecordsFile = (options: RecordsFileOptions): OpenRecordsFile => {
  const { file, key } = options;
  if (key.length !== KEY_BYTES)
    throw new AppError('internal', `The record key has ${key.length} bytes, not ${KEY_BYTES}.`);
  try {
    if (!existsSync(file)) createWhole(options);
    const { unclean, damaged } = lookBefore(file, key, () => openReader(options));
    if (damaged) return openDamagedFile(options, unclean);
    try {
      ownersOnly(file);
      const db = openWriter(options);
      rmSync(suspicionOf(file), { force: true });
      return { db, recovered: unclean, damaged: undefined, close: () => db.close() };
    } catch (error) {
      if (corrupt(error)) return openDamagedFile(options, unclean);
      throw error;
    }
  } catch (error) {
    throw toRecordError(error);
  }
};
