import type { Database } from 'better-sqlite3';
import type { SavedCase } from '#shared/cases/case.ts';
import { predictionInForce } from '#shared/cases/case-facts.ts';
import { boardTexts } from '../board/board-text.ts';
import { prepared } from '../sql/prepared.ts';
import { searchTextOf } from './search-text.ts';
import { shortTermsOf } from './short-terms.ts';

const LISTED = [
  'id',
  'updated_at',
  'trashed_at',
  'study_instance_uid',
  'patient_name',
  'patient_id',
  'study_date',
  'study_description',
  'decision',
  'probability',
  'interval_level',
  'interval_low',
  'interval_high',
  'model_id',
  'model_version',
  'model_status',
] as const;
export type ListRow = Record<(typeof LISTED)[number], string | number | null>;

/** Pure: what the list shows of a case. */
export const listRowOf = (saved: SavedCase): ListRow => {
  const { patient, studyDate, studyDescription } = saved.study;
  const prediction = predictionInForce(saved);
  // A list has no room for "not to be used": a withheld number is not in it.
  const shown = prediction?.decision === 'withheld' ? undefined : prediction;
  return {
    id: saved.id,
    updated_at: saved.updatedAt,
    trashed_at: saved.trashedAt,
    study_instance_uid: saved.study.studyInstanceUID,
    patient_name: patient.patientName,
    patient_id: patient.patientId,
    study_date: studyDate ?? null,
    study_description: studyDescription ?? null,
    decision: prediction?.decision ?? null,
    probability: shown?.probability ?? null,
    interval_level: shown?.interval?.level ?? null,
    interval_low: shown?.interval?.low ?? null,
    interval_high: shown?.interval?.high ?? null,
    model_id: prediction?.model.id ?? null,
    model_version: prediction?.model.version ?? null,
    model_status: prediction?.model.status ?? null,
  };
};

export const unlist = (db: Database, number: number): void => {
  const row = prepared(db, 'DELETE FROM case_list WHERE number = ? RETURNING position').get(number);
  if (row === undefined) return;
  const { position } = row as { position: number };
  prepared(db, 'DELETE FROM case_search WHERE rowid = ?').run(position);
  prepared(db, 'DELETE FROM case_search_short WHERE rowid = ?').run(position);
};

const INSERT_ROW = `INSERT INTO case_list (position, number, ${LISTED.join(', ')})
  VALUES ((SELECT coalesce(max(position), 0) + 1 FROM case_list), @number, ${LISTED.map((name) => `@${name}`).join(', ')})
  RETURNING position`;

/** Puts a case that was just saved at the head of the list and makes it searchable by what it holds now. */
export const listAgain = (db: Database, number: number, saved: SavedCase): void => {
  unlist(db, number);
  const { position } = prepared(db, INSERT_ROW).get({ number, ...listRowOf(saved) }) as { position: number };
  findBy(db, position, saved);
};

const findBy = (db: Database, position: number, { id, study }: Pick<SavedCase, 'id' | 'study'>): void => {
  const text = searchTextOf(study, boardTexts(db, id));
  prepared(db, 'INSERT INTO case_search (rowid, text) VALUES (?, ?)').run(position, text);
  prepared(db, 'INSERT INTO case_search_short (rowid, terms) VALUES (?, ?)').run(position, shortTermsOf(text));
};

/** Makes a case searchable by what was said of it since it was saved; its place in the list stays. */
export const findAgain = (db: Database, saved: Pick<SavedCase, 'id' | 'study'>): void => {
  const position = db.prepare('SELECT position FROM case_list WHERE id = ?').pluck().get(saved.id);
  if (position === undefined) return;
  for (const table of ['case_search', 'case_search_short']) {
    db.prepare(`DELETE FROM ${table} WHERE rowid = ?`).run(position);
  }
  findBy(db, Number(position), saved);
};
