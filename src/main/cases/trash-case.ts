import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import { appendAudit } from './audit/audit-chain.ts';
import { eraseCases, type Tombstone } from './erase-case.ts';
import { findCaseRow } from './rows/case-rows.ts';
import { knownRow } from './rows/known-case.ts';
import type { ChangedBy } from './save-case.ts';
import { sealOf, sealOfErased } from './seal/seal.ts';
import { prepared } from './sql/prepared.ts';

/**
 * Moves a case to the trash, or back; one that is there already stays as it is. Call it inside a transaction. Answers whether it
 * was moved.
 */
export const setTrashed = (db: Database, id: string, isTrashed: boolean, { at, actor }: ChangedBy): boolean => {
  const row = knownRow(db, id);
  if ((row.trashed_at !== null) === isTrashed) return false;
  const trashedAt = isTrashed ? at : null;
  prepared(db, 'UPDATE cases SET trashed_at = ? WHERE id = ?').run(trashedAt, id);
  prepared(db, 'UPDATE case_list SET trashed_at = ? WHERE id = ?').run(trashedAt, id);
  const action = isTrashed ? 'case.trashed' : 'case.restored';
  appendAudit(db, { at, actor, action, caseId: id, detail: { seal: sealOf(db, id) } });
  return true;
};

/** Throws `case-not-in-trash`. */
export const assertTrashed = (db: Database, id: string): void => {
  if (knownRow(db, id).trashed_at !== null) return;
  throw new AppError('case-not-in-trash', 'Only a case in the trash can be erased. Move it to the trash first.');
};

/** Ids of at most so many cases that have been in the trash since before `before` (ISO 8601), the oldest first. */
export const trashedBefore = (db: Database, before: string, most: number): string[] =>
  db
    .prepare('SELECT id FROM case_list WHERE trashed = 1 AND trashed_at < ? ORDER BY trashed_at, id LIMIT ?')
    .pluck()
    .all(before, most) as string[];

/** Erases cases and leaves their tombstones, with an audit entry for each; call it inside a transaction. */
export const eraseWithEntries = (db: Database, erased: readonly Tombstone[], { at, actor }: ChangedBy): void => {
  eraseCases(
    db,
    erased.map((tombstone) => ({ number: findCaseRow(db, tombstone.case_id)?.number, tombstone })),
  );
  for (const { case_id: caseId, reason } of erased) {
    const detail = { reason, seal: sealOfErased(db, caseId) };
    appendAudit(db, { at, actor, action: 'case.erased', caseId, detail });
  }
};
