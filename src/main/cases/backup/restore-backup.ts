import { rmSync } from 'node:fs';
import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { closeReader, logOf } from '../file/look-before.ts';
import { putInPlace, syncFile } from '../file/put-in-place.ts';
import { openReader } from '../file/records-file.ts';

/** Looking at a case does not change it. */
const ONLY_SEEN = ['case.opened', 'case.imagesOpened', 'case.printed', 'prediction.shown-although-withheld'];

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

/**
 * Puts a copy of the backup's file in the place of `file`, which stays beside it under another name; its log goes with it.
 * The history must be closed. Gives the way back; where it throws, nothing was changed.
 */
export const putBack = async (backup: string, file: string, stamp: string): Promise<() => Promise<void>> => {
  const incoming = `${file}.incoming`;
  try {
    await copyFile(join(backup, 'records.db'), incoming);
    await syncFile(incoming);
    return await putInPlace(file, incoming, `${file}.replaced-${stamp}`);
  } finally {
    await rm(incoming, { force: true });
  }
};
