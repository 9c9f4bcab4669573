import { closeSync, existsSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import { corrupt, damagedFile } from '../sql/record-errors.ts';
import { logBelongs } from './log-binding.ts';
import { refuseNewerVersion } from './migrate.ts';
import {
  type FileHeader,
  isWholePage,
  looksWhole,
  macKeyOf,
  PAGE_BYTES,
  readHeader,
  SALT_BYTES,
} from './page-cipher.ts';

export const logOf = (file: string): string => `${file}-wal`;
const indexOf = (file: string): string => `${file}-shm`;
/** Stands beside a file that was refused or found damaged, until it has passed a check. */
export const suspicionOf = (file: string): string => `${file}-check`;

const sizeOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

const firstBytes = (file: string, length: number): Uint8Array => {
  const bytes = new Uint8Array(length);
  const handle = openSync(file, 'r');
  try {
    return bytes.subarray(0, readSync(handle, bytes, 0, length, 0));
  } finally {
    closeSync(handle);
  }
};

const firstPage = (file: string): Uint8Array => firstBytes(file, PAGE_BYTES);

/** Is the file written under this key? False for one that is not there, and where its first page is damaged. */
export const isUnderKey = (file: string, key: Uint8Array): boolean =>
  existsSync(file) && readHeader(firstPage(file), key) !== undefined;

/** Pages that are looked at: damage to the first one alone does not make a key a wrong one. */
const PAGES_ASKED = 4;

/** Is a whole file meant for another key? Also where the salt is damaged, by which every page is read. */
export const isUnderAnotherKey = (file: string, key: Uint8Array): boolean => {
  const bytes = firstBytes(file, PAGES_ASKED * PAGE_BYTES);
  if (bytes.length < PAGES_ASKED * PAGE_BYTES || !looksWhole(bytes)) return false;
  const macKey = macKeyOf(key, bytes.subarray(0, SALT_BYTES));
  return Array.from({ length: PAGES_ASKED }, (_, index) => index).every(
    (index) => !isWholePage(bytes.subarray(index * PAGE_BYTES, (index + 1) * PAGE_BYTES), index + 1, macKey),
  );
};

const logForeign = (): AppError =>
  new AppError(
    'records-log-foreign',
    'records.db and records.db-wal do not belong together: records.db was put back, or exchanged, while the log of another session lay beside it. Nothing was changed. Move records.db-wal out of the data folder, keep it, and start again.',
  );

/** Throws `records-log-foreign` where a log lies without its file. */
export const refuseLogAlone = (file: string): void => {
  if (sizeOf(logOf(file)) > 0) throw logForeign();
};

export interface Look {
  /** The last owner ended without closing. */
  unclean: boolean;
  /** SQLite's own check failed: what can be read may be read, nothing may be written. */
  damaged: boolean;
}

const passesCheck = (db: Database): boolean => {
  try {
    const orphans = db.pragma('foreign_key_check') as unknown[];
    return db.pragma('quick_check(1)', { simple: true }) === 'ok' && orphans.length === 0;
  } catch (error) {
    if (corrupt(error)) return false;
    throw error;
  }
};

/** Closes without a trace: a reader's index of the log is of no use to anybody after it. */
export const closeReader = (db: Database, file: string): void => {
  db.close();
  rmSync(indexOf(file), { force: true });
};

/**
 * Looks at the file and its log before anything may change either. Only reads: what is refused here is byte for byte
 * what it was. Throws `records-corrupt`, `records-newer`, `records-log-foreign`, `records-in-use`.
 */
export const lookBefore = (file: string, key: Uint8Array, openReader: () => Database): Look => {
  const header: FileHeader | undefined = readHeader(firstPage(file), key);
  if (header) refuseNewerVersion(header.userVersion);
  const hasLog = sizeOf(logOf(file)) > 0;
  // A first page that was half written when the power went stands whole in the log.
  if (!header && !hasLog) throw damagedFile('the first page is damaged, or missing');
  const unclean = existsSync(logOf(file));
  if (!unclean && !existsSync(suspicionOf(file))) return { unclean, damaged: false };
  const db = openReader();
  try {
    if (header && hasLog && !logBelongs(db, header.applicationId)) throw logForeign();
    refuseNewerVersion(Number(db.pragma('user_version', { simple: true })));
    return { unclean, damaged: !passesCheck(db) };
  } finally {
    closeReader(db, file);
  }
};
