import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import { readBody, type StoredBody } from '../rows/stored-bodies.ts';
import { prepared } from '../sql/prepared.ts';

/** Every case, in the trash too, in the order of their making. */
export const idsOfCases = (db: Database): string[] =>
  db.prepare('SELECT id FROM cases ORDER BY number').pluck().all() as string[];

/** Cases of the demonstration history that are not in the trash, or are. */
export const idsOfSimulated = (db: Database, trashed: boolean): string[] =>
  db
    .prepare(`SELECT id FROM cases WHERE source_kind = 'simulated' AND (trashed_at IS NOT NULL) = ? ORDER BY number`)
    .pluck()
    .all(trashed ? 1 : 0) as string[];

/** Cases of people who do not exist: of the demonstration history, and of the study that comes with the application. */
export const idsOfMadeUp = (db: Database): string[] =>
  db.prepare(`SELECT id FROM cases WHERE source_kind IN ('simulated', 'demo')`).pluck().all() as string[];

/** Whether a case of this patient and study day (ISO 8601) is kept and not in the trash. */
export const hasCaseOfDay = (db: Database, patientId: string, day: string): boolean =>
  db
    .prepare('SELECT 1 FROM case_list WHERE trashed = 0 AND patient_id = ? COLLATE NOCASE AND study_date = ?')
    .get(patientId, day.replaceAll('-', '')) !== undefined;

/** Who is kept under an identifier, of every case that is not in the trash and whose study can be read. */
export const patientsUnder = (db: Database, patientId: string): PatientIdentity[] => {
  const found = prepared(
    db,
    `SELECT s.body, s.body_version FROM case_list l JOIN studies s ON s.case_id = l.id
       WHERE l.trashed = 0 AND l.patient_id = ? COLLATE NOCASE`,
  ).all(patientId) as StoredBody[];
  return found.flatMap((body) => {
    try {
      return [readBody('study', body).patient];
    } catch (error) {
      if (error instanceof AppError) return [];
      throw error;
    }
  });
};

/** Cases that are not in the trash. */
export const countCases = (db: Database): number =>
  Number(db.prepare('SELECT count(*) FROM case_list WHERE trashed = 0').pluck().get());
