import { AppError } from '#shared/errors.ts';
import { lastIssuedSequence, readAuditRange } from './audit/audit-chain.ts';
import type { PageCopyOptions } from './damage/scan-pages.ts';
import type { VerifyingStep } from './damage/verify-records.ts';
import type { OwnedFile } from './owned-file.ts';
import type { SliceOptions } from './sql/in-slices.ts';
import { recordsDamaged, toRecordError } from './sql/record-errors.ts';

export type CopyOptions = SliceOptions<VerifyingStep>;

/** What a copy holds: its last audit entry, and how many cases. */
export interface CopiedRecords {
  through: number;
  hash: string;
  cases: number;
}

export const backupUnderWay = (): AppError =>
  new AppError('backup-under-way', 'A copy of the case history is being made already.');

/** What a file holds now. */
export const extentOf = ({ db }: OwnedFile): CopiedRecords => {
  const [last] = readAuditRange(db, lastIssuedSequence(db) - 1, Number.MAX_SAFE_INTEGER, 1);
  const cases = Number(db.prepare('SELECT count(*) FROM cases').pluck().get());
  return { through: last?.sequence ?? 0, hash: last?.hash ?? '', cases };
};

/**
 * Copies the file as it is now into a new one. Saves go on: they stay in the log, so that the file itself does not change
 * until the copy is made. Throws `records-damaged`, `disk-full`, `backup-under-way`.
 */
export const copyRecords = async (
  file: OwnedFile,
  target: string,
  options: PageCopyOptions = {},
): Promise<CopiedRecords> => {
  if (file.isDamaged) throw recordsDamaged();
  if (file.isHeld) throw backupUnderWay();
  const full = () => toRecordError(Object.assign(new Error('the log stays'), { code: 'SQLITE_FULL' }));
  if (!file.hold()) throw full();
  try {
    const copied = file.read(() => extentOf(file));
    const pages = file.pages();
    if (!pages) throw full();
    await pages.copyTo(target, options);
    return copied;
  } finally {
    file.release();
  }
};
