import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AuditFilter } from '#shared/cases/audit.ts';
import { AppError } from '#shared/errors.ts';
import type { RecordsStore } from '../records-store.ts';
import { breath } from '../sql/in-slices.ts';
import { auditCsvHeader, auditCsvRows } from './audit-csv.ts';

const AT_ONCE = 500;

export interface AuditExportOptions {
  /** Made where it is missing. */
  folder: string;
  now: Date;
  signal?: AbortSignal;
  onProgress?: (done: number) => void;
}

/** Seconds and not less: a second export of the day stands beside the first. */
const nameAt = (now: Date): string => `haicast-audit-${now.toISOString().slice(0, 19).replaceAll(':', '')}.csv`;

const exportFailed = (error: unknown): unknown =>
  error instanceof Error && 'code' in error && !(error instanceof AppError)
    ? new AppError(
        'audit-not-written',
        'The audit log could not be written there. Check that the folder can be written and the disk is not full, or choose another folder.',
        { detail: String(error.code), cause: error },
      )
    : error;

const writePages = async (
  file: FileHandle,
  store: Pick<RecordsStore, 'auditPage'>,
  filter: AuditFilter,
  { signal, onProgress }: AuditExportOptions,
): Promise<number> => {
  await file.write(auditCsvHeader());
  let written = 0;
  let before: number | null = null;
  do {
    const page = store.auditPage({ ...filter, limit: AT_ONCE, ...(before === null ? {} : { before }) });
    if (page.entries.length > 0) await file.write(auditCsvRows(page.entries));
    written += page.entries.length;
    before = page.next;
    onProgress?.(written);
    await breath();
    signal?.throwIfAborted();
  } while (before !== null);
  return written;
};

/**
 * Writes what the filter leaves of the audit log into a new file of the folder, newest first. Cancelled or failed, it leaves
 * no file. Throws `audit-not-written`.
 */
export const exportAudit = async (
  store: Pick<RecordsStore, 'auditPage'>,
  filter: AuditFilter,
  options: AuditExportOptions,
): Promise<{ entries: number; file: string }> => {
  const name = nameAt(options.now);
  const path = join(options.folder, name);
  try {
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    const file = await open(path, 'wx', 0o600);
    try {
      return { entries: await writePages(file, store, filter, options), file: name };
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
  } catch (error) {
    throw exportFailed(error);
  }
};
