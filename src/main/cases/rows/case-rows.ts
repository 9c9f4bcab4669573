import type { Database } from 'better-sqlite3';
import type { SavedCase } from '#shared/cases/case.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import type { BaselineSource } from '#shared/course/baseline.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { isMark } from '#shared/study/mark.ts';
import { prepared } from '../sql/prepared.ts';
import type { CaseToSave } from './case-to-save.ts';
import { readComparison } from './comparison-rows.ts';
import { readKeyImages } from './key-image-rows.ts';
import { readShifts, replaceShifts } from './shift-rows.ts';
import {
  type Bodies,
  type BodyKind,
  bodyVersion,
  readBody,
  readPrediction,
  type StoredBody,
  type StoredPrediction,
  storePrediction,
} from './stored-bodies.ts';

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
  model_id: string | null;
}

const bodies = <K extends Exclude<BodyKind, 'prediction'>>(
  db: Database,
  kind: K,
  sql: string,
  id: string,
): Bodies[K][] => (prepared(db, sql).all(id) as StoredBody[]).map((row) => readBody(kind, row));

export const findCaseRow = (db: Database, id: string): CaseRow | undefined =>
  prepared(db, 'SELECT * FROM cases WHERE id = ?').get(id) as CaseRow | undefined;

const IN_ORDER = 'WHERE case_id = ? ORDER BY position';

export const readFactors = (db: Database, caseId: string): FactorValues => {
  const rows = prepared(
    db,
    'SELECT factor_id, body, body_version FROM factors WHERE case_id = ? ORDER BY position',
  ).all(caseId) as (StoredBody & { factor_id: string })[];
  return Object.fromEntries(rows.map((row) => [row.factor_id, readBody('factor', row)]));
};

const readMarked = (db: Database, caseId: string) =>
  bodies(db, 'lesion', `SELECT body, body_version FROM lesions ${IN_ORDER}`, caseId);

const isLesion = (marked: ReturnType<typeof readMarked>[number]): marked is Lesion => !isMark(marked);

const readPredictions = (db: Database, caseId: string): Prediction[] =>
  (
    prepared(db, 'SELECT body, body_version, map_values FROM predictions WHERE case_id = ? ORDER BY sequence DESC').all(
      caseId,
    ) as StoredPrediction[]
  ).map(readPrediction);

export type StoredBaseline = Pick<SavedCase, keyof BaselineSource | 'roles' | 'shifts'>;

/** What a course takes from its case; undefined where the case has no study. Throws `case-unreadable` as below. */
export const readBaselineSource = (db: Database, row: CaseRow): StoredBaseline | undefined => {
  const [study] = bodies(db, 'study', 'SELECT body, body_version FROM studies WHERE case_id = ?', row.id);
  if (!study) return undefined;
  const shifts = readShifts(db, row.id);
  return {
    createdAt: row.created_at,
    source: { kind: row.source_kind, path: row.source_path },
    study,
    roles: bodies(db, 'role', `SELECT body, body_version FROM role_assignments ${IN_ORDER}`, row.id),
    ...(shifts.length > 0 ? { shifts } : {}),
    lesions: readMarked(db, row.id).filter(isLesion),
    factors: readFactors(db, row.id),
  };
};

/** Undefined where the case has no study. Throws `case-unreadable` where a body of it cannot be read. */
export const readCase = (db: Database, row: CaseRow): SavedCase | undefined => {
  const inputs = readBaselineSource(db, row);
  if (!inputs) return undefined;
  const comparison = readComparison(db, row.id);
  const marks = readMarked(db, row.id).filter(isMark);
  return {
    ...inputs,
    ...(marks.length > 0 ? { marks } : {}),
    id: row.id,
    revision: row.revision,
    updatedAt: row.updated_at,
    baseRate: row.base_rate,
    note: row.note,
    keyImages: readKeyImages(db, row.id),
    predictions: readPredictions(db, row.id),
    predictionOutdated: row.prediction_outdated === 1,
    ...(row.model_id === null ? {} : { modelId: row.model_id }),
    ...(comparison ? { comparison } : {}),
    trashedAt: row.trashed_at,
  };
};

export const insertPrediction = (db: Database, caseId: string, prediction: Prediction): void => {
  prepared(
    db,
    `INSERT INTO predictions (id, case_id, created_at, model_id, model_version, model_status, probability, decision, body,
       body_version, map_values)
     VALUES (@id, @caseId, @createdAt, @modelId, @modelVersion, @modelStatus, @probability, @decision, @body,
       @body_version, @map_values)`,
  ).run({
    id: prediction.id,
    caseId,
    createdAt: prediction.createdAt,
    modelId: prediction.model.id,
    modelVersion: prediction.model.version,
    modelStatus: prediction.model.status,
    probability: prediction.probability,
    decision: prediction.decision,
    ...storePrediction(prediction),
  });
};

export const writeCaseRow = (db: Database, row: Omit<CaseRow, 'number'>): number => {
  const written = prepared(
    db,
    `INSERT INTO cases (id, revision, created_at, updated_at, source_kind, source_path, base_rate, note, trashed_at, prediction_outdated, model_id)
       VALUES (@id, @revision, @created_at, @updated_at, @source_kind, @source_path, @base_rate, @note, @trashed_at, @prediction_outdated, @model_id)
       ON CONFLICT (id) DO UPDATE SET revision = excluded.revision, updated_at = excluded.updated_at,
         source_kind = excluded.source_kind, source_path = excluded.source_path, base_rate = excluded.base_rate,
         note = excluded.note, trashed_at = excluded.trashed_at, prediction_outdated = excluded.prediction_outdated,
         model_id = excluded.model_id
       RETURNING number`,
  ).get(row) as { number: number };
  return written.number;
};

/** Puts the inputs of a case in place of the ones it had. The audit log keeps what they were. */
export const replaceInputs = (db: Database, caseId: string, input: CaseToSave): void => {
  const { study } = input;
  for (const table of ['studies', 'role_assignments', 'lesions', 'factors']) {
    prepared(db, `DELETE FROM ${table} WHERE case_id = ?`).run(caseId);
  }
  prepared(
    db,
    `INSERT INTO studies (case_id, study_instance_uid, patient_name, patient_id, study_date, study_description, body, body_version)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    caseId,
    study.studyInstanceUID,
    study.patient.patientName,
    study.patient.patientId,
    study.studyDate ?? null,
    study.studyDescription ?? null,
    JSON.stringify(study),
    bodyVersion('study'),
  );
  const role = prepared(
    db,
    'INSERT INTO role_assignments (case_id, position, role, series_id, body, body_version) VALUES (?, ?, ?, ?, ?, ?)',
  );
  input.roles.forEach((item, position) => {
    role.run(caseId, position, item.role, item.seriesId, JSON.stringify(item), bodyVersion('role'));
  });
  const lesion = prepared(
    db,
    'INSERT INTO lesions (case_id, position, lesion_id, body, body_version) VALUES (?, ?, ?, ?, ?)',
  );
  [...input.lesions, ...(input.marks ?? [])].forEach((item, position) => {
    lesion.run(caseId, position, item.id, JSON.stringify(item), bodyVersion('lesion'));
  });
  const factor = prepared(
    db,
    'INSERT INTO factors (case_id, position, factor_id, body, body_version) VALUES (?, ?, ?, ?, ?)',
  );
  Object.entries(input.factors).forEach(([id, entry], position) => {
    factor.run(caseId, position, id, JSON.stringify(entry), bodyVersion('factor'));
  });
  replaceShifts(db, caseId, input.shifts ?? []);
};
