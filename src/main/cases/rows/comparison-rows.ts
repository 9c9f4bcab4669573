import type { Database } from 'better-sqlite3';
import type { Prediction } from '#shared/model/prediction.ts';
import { prepared } from '../sql/prepared.ts';
import { readPrediction, type StoredPrediction, storePrediction } from './stored-bodies.ts';

/** What another model says of the inputs of a case. Throws `case-unreadable` for a body that cannot be read. */
export const readComparison = (db: Database, caseId: string): Prediction | undefined => {
  const row = prepared(db, 'SELECT body, body_version, map_values FROM comparisons WHERE case_id = ?').get(caseId);
  return row === undefined ? undefined : readPrediction(row as StoredPrediction);
};

/** It stands for the present inputs: with others it goes, or another one takes its place. */
export const replaceComparison = (db: Database, caseId: string, comparison: Prediction | undefined): void => {
  prepared(db, 'DELETE FROM comparisons WHERE case_id = ?').run(caseId);
  if (!comparison) return;
  prepared(
    db,
    `INSERT INTO comparisons (case_id, body, body_version, map_values)
     VALUES (@caseId, @body, @body_version, @map_values)`,
  ).run({ caseId, ...storePrediction(comparison) });
};
