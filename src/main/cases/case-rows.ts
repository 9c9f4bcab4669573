import type { Database } from 'better-sqlite3';
import type { SavedCase } from '#shared/cases/case.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import type { ScannedStudy } from '#shared/study/study.ts';
import type { CaseToSave } from './case-to-save.ts';
import { searchTextOf } from './search-text.ts';

export interface CaseRow {
  number: number;
  id: string;
  revision: number;
  created_at: string;
  updated_at: string;
  source_kind: SavedCase['source']['kind'];
  source_path: string;
  base_rate: number | null;
  note: string;
  trashed_at: string | null;
  prediction_outdated: 0 | 1;
}

/** Values were checked by the contract's schemas before they were written, so they are read back as what they were. */
const bodies = <T>(db: Database, sql: string, caseId: string): T[] =>
  (db.prepare(sql).all(caseId) as { body: string }[]).map((row) => JSON.parse(row.body) as T);

export const findCaseRow = (db: Database, id: string): CaseRow | undefined =>
  db.prepare('SELECT * FROM cases WHERE id = ?').get(id) as CaseRow | undefined;

const readFactors = (db: Database, caseId: string): FactorValues => {
  const rows = db.prepare('SELECT factor_id, body FROM factors WHERE case_id = ? ORDER BY position').all(caseId) as {
    factor_id: string;
    body: string;
  }[];
  return Object.fromEntries(rows.map((row) => [row.factor_id, JSON.parse(row.body)])) as FactorValues;
};

export const readCase = (db: Database, row: CaseRow): SavedCase | undefined => {
  const [study] = bodies<ScannedStudy>(db, 'SELECT body FROM studies WHERE case_id = ?', row.id);
  if (!study) return undefined;
  return {
    id: row.id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    source: { kind: row.source_kind, path: row.source_path },
    study,
    roles: bodies<RoleAssignment>(db, 'SELECT body FROM role_assignments WHERE case_id = ? ORDER BY position', row.id),
    lesions: bodies<Lesion>(db, 'SELECT body FROM lesions WHERE case_id = ? ORDER BY position', row.id),
    factors: readFactors(db, row.id),
    baseRate: row.base_rate,
    note: row.note,
    predictions: bodies<Prediction>(
      db,
      'SELECT body FROM predictions WHERE case_id = ? ORDER BY sequence DESC',
      row.id,
    ),
    predictionOutdated: row.prediction_outdated === 1,
    trashedAt: row.trashed_at,
  };
};

export const insertPrediction = (db: Database, caseId: string, prediction: Prediction): void => {
  db.prepare(
    `INSERT INTO predictions (id, case_id, created_at, model_id, model_version, model_status, probability, decision, body)
     VALUES (@id, @caseId, @createdAt, @modelId, @modelVersion, @modelStatus, @probability, @decision, @body)`,
  ).run({
    id: prediction.id,
    caseId,
    createdAt: prediction.createdAt,
    modelId: prediction.model.id,
    modelVersion: prediction.model.version,
    modelStatus: prediction.model.status,
    probability: prediction.probability,
    decision: prediction.decision,
    body: JSON.stringify(prediction),
  });
};

export const writeCaseRow = (db: Database, row: Omit<CaseRow, 'number'>): number => {
  const written = db
    .prepare(
      `INSERT INTO cases (id, revision, created_at, updated_at, source_kind, source_path, base_rate, note, trashed_at, prediction_outdated)
       VALUES (@id, @revision, @created_at, @updated_at, @source_kind, @source_path, @base_rate, @note, @trashed_at, @prediction_outdated)
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, updated_at = excluded.updated_at,
         source_kind = excluded.source_kind, source_path = excluded.source_path, base_rate = excluded.base_rate,
         note = excluded.note, trashed_at = excluded.trashed_at, prediction_outdated = excluded.prediction_outdated
       RETURNING number`,
    )
    .get(row) as { number: number };
  return written.number;
};

/** Puts the inputs of a case in place of the ones it had. The audit log keeps what they were. */
export const replaceInputs = (db: Database, caseId: string, caseNumber: number, input: CaseToSave): void => {
  const { study } = input;
  for (const table of ['studies', 'role_assignments', 'lesions', 'factors']) {
    db.prepare(`DELETE FROM ${table} WHERE case_id = ?`).run(caseId);
  }
  db.prepare(
    `INSERT INTO studies (case_id, study_instance_uid, patient_name, patient_id, study_date, study_description, body)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    caseId,
    study.studyInstanceUID,
    study.patient.patientName,
    study.patient.patientId,
    study.studyDate ?? null,
    study.studyDescription ?? null,
    JSON.stringify(study),
  );
  const role = db.prepare(
    'INSERT INTO role_assignments (case_id, position, role, series_id, body) VALUES (?, ?, ?, ?, ?)',
  );
  input.roles.forEach((item, position) => {
    role.run(caseId, position, item.role, item.seriesId, JSON.stringify(item));
  });
  const lesion = db.prepare('INSERT INTO lesions (case_id, position, lesion_id, body) VALUES (?, ?, ?, ?)');
  input.lesions.forEach((item, position) => {
    lesion.run(caseId, position, item.id, JSON.stringify(item));
  });
  const factor = db.prepare('INSERT INTO factors (case_id, position, factor_id, body) VALUES (?, ?, ?, ?)');
  Object.entries(input.factors).forEach(([id, entry], position) => {
    factor.run(caseId, position, id, JSON.stringify(entry));
  });
  db.prepare('DELETE FROM case_search WHERE rowid = ?').run(caseNumber);
  db.prepare('INSERT INTO case_search (rowid, text) VALUES (?, ?)').run(caseNumber, searchTextOf(study));
};
