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

const attempt = (from: Database, id: string): GoodCase | undefined => {
  try {
    const row = findCaseRow(from, id);
    const saved = row && readCase(from, row);
    return row && saved && { saved, number: row.number, from };
  } catch {
    return undefined;
  }
};

const isSealed = (db: Database, id: string): boolean => {
  try {
    return holdsLastSeal(db, id);
  } catch {
    return false;
  }
};

/**
 * A case of a damaged file that is as it was written: all of its pages are whole, or, where one of them is not, the case's own
 * part of it is what was sealed. Throws `case-unreadable` where neither is so.
 */
export const goodCase = ({ checked, unchecked }: DamagedReaders, id: string): GoodCase => {
  const good = attempt(checked, id) ?? (isSealed(unchecked, id) ? attempt(unchecked, id) : undefined);
  if (good) return good;
  throw caseUnreadable({}, 'neither whole nor as it was sealed, in a damaged file');
};
