import type { Database } from 'better-sqlite3';
import type { SavedCase } from '#shared/cases/case.ts';
import { holdsLastSeal } from '../seal/seal.ts';
import { caseUnreadable } from '../sql/record-errors.ts';
import { findCaseRow, readCase } from './case-rows.ts';

/** Two readers of a damaged file. */
export interface DamagedReaders {
  /** Refuses every page whose HMAC does not fit. */
  checked: Database;
  /** Reads such pages all the same. */
  unchecked: Database;
}

export interface GoodCase {
  saved: SavedCase;
  number: number;
  /** The reader that its rows are good from. */
  from: Database;
}

const attempt = <T>(work: () => T | undefined): T | undefined => {
  try {
    return work();
  } catch {
    return undefined;
  }
};

const isSealed = (db: Database, id: string): boolean => attempt(() => holdsLastSeal(db, id)) ?? false;

/**
 * What `read` gives of a case of a damaged file as it was written: every page that it reads is whole, or, where one of them is
 * not, the case is all the same what was sealed. Throws `case-unreadable` where neither is so.
 */
export const goodPart = <T>(
  { checked, unchecked }: DamagedReaders,
  id: string,
  read: (from: Database) => T | undefined,
): T => {
  const good = attempt(() => read(checked)) ?? (isSealed(unchecked, id) ? attempt(() => read(unchecked)) : undefined);
  if (good !== undefined) return good;
  throw caseUnreadable({}, 'neither whole nor as it was sealed, in a damaged file');
};

/** A case of a damaged file that is as it was written; throws as `goodPart`. */
export const goodCase = (readers: DamagedReaders, id: string): GoodCase =>
  goodPart(readers, id, (from) => {
    const row = findCaseRow(from, id);
    const saved = row && readCase(from, row);
    return row && saved && { saved, number: row.number, from };
  });
