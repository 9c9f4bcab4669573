import type { Database } from 'better-sqlite3';
import type { SavedCase } from '#shared/cases/case.ts';
import { AppError } from '#shared/errors.ts';
import { toRecordError } from '../sql/record-errors.ts';
import { type CaseRow, findCaseRow, readBaselineSource, readCase, type StoredBaseline } from './case-rows.ts';

/** Throws `records-corrupt`: whoever reads a damaged file notes it there. */
const withStudy = <T>(found: T | undefined): T => {
  if (found) return found;
  throw toRecordError(Object.assign(new Error('a case without its study'), { code: 'SQLITE_CORRUPT' }));
};

/** Throws `case-not-found`. */
export const knownRow = (db: Database, id: string): CaseRow => {
  const row = findCaseRow(db, id);
  if (!row) throw new AppError('case-not-found', 'This case is not in the case history. Refresh the list.');
  return row;
};

export const knownCase = (db: Database, row: CaseRow): SavedCase => withStudy(readCase(db, row));

export const knownBaseline = (db: Database, row: CaseRow): StoredBaseline => withStudy(readBaselineSource(db, row));
