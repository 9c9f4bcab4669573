import type { Database } from 'better-sqlite3';
import type { SeriesShift } from '#shared/study/series-shift.ts';
import { prepared } from '../sql/prepared.ts';
import { bodyVersion, readBody, type StoredBody } from './stored-bodies.ts';

/** Series of a case that were moved by hand. Throws `case-unreadable` for a body that cannot be read. */
export const readShifts = (db: Database, caseId: string): SeriesShift[] => {
  const rows = prepared(db, 'SELECT body, body_version FROM series_shifts WHERE case_id = ? ORDER BY position').all(
    caseId,
  );
  return (rows as StoredBody[]).map((row) => readBody('shift', row));
};

export const replaceShifts = (db: Database, caseId: string, shifts: readonly SeriesShift[]): void => {
  prepared(db, 'DELETE FROM series_shifts WHERE case_id = ?').run(caseId);
  const insert = prepared(
    db,
    'INSERT INTO series_shifts (case_id, position, series_id, body, body_version) VALUES (?, ?, ?, ?, ?)',
  );
  shifts.forEach((shift, position) => {
    insert.run(caseId, position, shift.seriesId, JSON.stringify(shift), bodyVersion('shift'));
  });
};
