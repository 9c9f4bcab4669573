import { rmSync } from 'node:fs';
import { AppError } from '#shared/errors.ts';
import { readAuditRange } from '../audit/audit-chain.ts';
import type { CopyOptions } from '../copy-records.ts';
import { PageScan } from '../damage/scan-pages.ts';
import { closeReader, logOf } from '../file/look-before.ts';
import { openReader } from '../file/records-file.ts';
import { inSlices } from '../sql/in-slices.ts';

/** What a copy has to hold. */
export interface Expected {
  /** Of the last entry of the audit log. */
  through: number;
  hash: string;
  cases: number;
}

export const backupDamaged = (detail: string): AppError =>
  new AppError(
    'backup-damaged',
    'The copy of the case history is not whole, and does not count as a backup. Check the disk that it was written to.',
    {
      detail,
    },
  );

/** Opens a copy with the key and holds every page, its last audit entry and its number of cases to what was copied. Throws `backup-damaged`. */
export const verifyCopy = async (
  file: string,
  key: Uint8Array,
  expected: Expected,
  options: CopyOptions = {},
): Promise<void> => {
  const scan = new PageScan(file, key);
  try {
    const damaged = await inSlices(scan.damaged(), options);
    if (damaged.length > 0) throw backupDamaged(`${damaged.length} damaged pages`);
  } finally {
    scan.close();
  }
  const db = openReader({ file, key });
  try {
    const [last] = expected.through === 0 ? [] : readAuditRange(db, expected.through - 1, expected.through, 1);
    const cases = Number(db.prepare('SELECT count(*) FROM cases').pluck().get());
    if ((last?.hash ?? '') !== expected.hash || cases !== expected.cases) throw backupDamaged('another history');
  } finally {
    closeReader(db, file);
    // A copy has none; SQLite makes an empty one to read by.
    rmSync(logOf(file), { force: true });
  }
};
