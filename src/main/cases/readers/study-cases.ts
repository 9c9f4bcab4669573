/** What of a case a reader study needs, read where it lies: to choose it, and to hold its readings against what became of it. */
import type { Database } from 'better-sqlite3';
import type { PredictionFacts } from '#shared/model/prediction.ts';
import type { ReaderStudy } from '#shared/readers/reader-study.ts';
import { readClosed, type StoredClosed } from '../rows/closed-rows.ts';
import { readPredictionFacts, type StoredBody } from '../rows/stored-bodies.ts';
import { prepared } from '../sql/prepared.ts';
import { finishedReaders, hasEnded } from './covered-cases.ts';
import { readingsOfStudy } from './reading-rows.ts';
import { readStudies } from './study-rows.ts';

/** A case that a study may ask about. */
export interface Candidate {
  readonly caseId: string;
  readonly patientName: string;
  readonly patientId: string;
  readonly studyDate: string | null;
  readonly closed: boolean;
  /** Of the prediction in force; null where there is none. */
  readonly predictionId: string | null;
  readonly simulated: boolean;
  readonly keyImages: number;
}

/** Every case that is not in the trash, newest change first. */
export const candidates = (db: Database): Candidate[] =>
  (
    prepared(
      db,
      `SELECT l.id AS caseId, l.patient_name AS patientName, l.patient_id AS patientId, l.study_date AS studyDate,
         coalesce(k.state = 'closed', 0) AS closed, c.source_kind IN ('simulated', 'demo') AS simulated,
         CASE WHEN c.prediction_outdated THEN NULL ELSE
           (SELECT p.id FROM predictions p WHERE p.case_id = l.id ORDER BY p.sequence DESC LIMIT 1) END AS predictionId,
         (SELECT count(*) FROM key_images i WHERE i.case_id = l.id) AS keyImages
       FROM case_list l JOIN cases c ON c.number = l.number LEFT JOIN course_list k ON k.number = l.number
       WHERE l.trashed = 0 ORDER BY l.position DESC`,
    ).all() as (Omit<Candidate, 'closed' | 'simulated'> & { closed: 0 | 1; simulated: 0 | 1 })[]
  ).map((row) => ({ ...row, closed: row.closed === 1, simulated: row.simulated === 1 }));

/** The facts of one kept prediction; undefined where it is not there. */
const factsOf = (db: Database, predictionId: string): PredictionFacts | undefined => {
  const row = prepared(db, 'SELECT body, body_version FROM predictions WHERE id = ?').get(predictionId) as
    | StoredBody
    | undefined;
  return row && readPredictionFacts(row);
};

/** What became of a case of a study, with the prediction that the study shows of it. */
export interface CaseOutcome extends Omit<StoredClosed, 'prediction'> {
  readonly prediction: PredictionFacts | undefined;
}

/** Throws `case-unreadable`. */
export const caseOutcome = (db: Database, { caseId, predictionId }: ReaderStudy['cases'][number]): CaseOutcome => {
  const closed = readClosed(db, { id: caseId, madeUp: false, state: '', predictionOutdated: false });
  const prediction = predictionId === null ? undefined : factsOf(db, predictionId);
  return { ...closed, prediction };
};

/** A first reading of a study that has ended, by a reader who finished it. */
export interface EndedReading {
  readonly caseId: string;
  readonly criterion: ReaderStudy['criterion'];
  readonly reader: string;
  /** Of response, 0–1. */
  readonly probability: number;
}

/** Of the oldest study first, so that whoever read a case twice is known by what they said last. */
export const endedReadings = (db: Database): EndedReading[] =>
  readStudies(db)
    .toReversed()
    .filter(({ study }) => hasEnded(db, study))
    .flatMap(({ study }) => {
      const finished = finishedReaders(db, study);
      const names = new Map(study.readers.filter(({ key }) => finished.has(key)).map(({ key, name }) => [key, name]));
      return readingsOfStudy(db, study.id).flatMap(({ caseId, reader, kind, body }) => {
        const name = names.get(reader);
        if (kind !== 'first' || name === undefined) return [];
        return [{ caseId, criterion: study.criterion, reader: name, probability: body.probability }];
      });
    });
