import { rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import type { CopyOptions } from '../copy-records.ts';
import { PageScan } from '../damage/scan-pages.ts';
import { closeReader, logOf } from '../file/look-before.ts';
import { openReader } from '../file/records-file.ts';
import { partOf } from '../sql/in-slices.ts';
import { corrupt, toRecordError } from '../sql/record-errors.ts';
import { backupDamaged, type Expected, verifyCopy } from './verify-copy.ts';

/** Looking at a case does not change it. */
const ONLY_SEEN = [
  'case.opened',
  'case.imagesOpened',
  'case.printed',
  'case.exported',
  'prediction.shown-although-withheld',
];

/** By case, the entry that says how it stands. */
const standing = (db: Database): Map<string, string> => {
  const rows = db
    .prepare(
      `SELECT case_id, max(sequence), hash FROM audit_log
       WHERE case_id IN (SELECT id FROM cases) AND action NOT IN (${ONLY_SEEN.map(() => '?').join(', ')}) GROUP BY case_id`,
    )
    .all(...ONLY_SEEN) as { case_id: string; hash: string }[];
  return new Map(rows.map(({ case_id, hash }) => [case_id, hash]));
};

export interface RestoreLoss {
  newCases: number;
  changedCases: number;
}

/** What of `present` is not in the backup, or is not as it is there. */
export const lossOf = (present: Database, file: string, key: Uint8Array): RestoreLoss => {
  const db = openReader({ file, key });
  try {
    const then = standing(db);
    const changed = [...standing(present)].filter(([id, hash]) => then.get(id) !== hash);
    const newCases = changed.filter(([id]) => !then.has(id)).length;
    return { newCases, changedCases: changed.length - newCases };
  } finally {
    closeReader(db, file);
    rmSync(logOf(file), { force: true });
  }
};

export interface FetchOptions extends CopyOptions {
  /** What the backup is under, and what the copy shall be under: the present one, whatever day the backup is of. */
  keyThen: Uint8Array;
  key: Uint8Array;
  expected: Expected;
}

/**
 * Copies the file of a backup to `incoming` and holds the copy, which is what will be opened, to what the backup has to hold.
 * Throws `backup-damaged`, or what was wrong with the disk; the copy is then gone.
 */
export const fetchBackup = async (
  backup: string,
  incoming: string,
  { keyThen, key, expected, ...options }: FetchOptions,
): Promise<void> => {
  try {
    // What an earlier restore left that was ended in between.
    for (const rest of [incoming, logOf(incoming)]) await rm(rest, { force: true });
    const pages = new PageScan(join(backup, 'records.db'), keyThen);
    try {
      const rewritten = Buffer.compare(keyThen, key) === 0 ? {} : { underKey: key };
      await pages.copyTo(incoming, { ...partOf(options, 0, 2), ...rewritten });
    } finally {
      pages.close();
    }
    await verifyCopy(incoming, key, expected, partOf(options, 1, 2));
  } catch (error) {
    // In a folder that cannot be written any more, the next restore takes it away.
    await rm(incoming, { force: true }).catch(() => undefined);
    if (options.signal?.aborted) throw error;
    // Of the backup, not of the history.
    throw corrupt(error) ? backupDamaged('damaged pages') : toRecordError(error);
  }
};
