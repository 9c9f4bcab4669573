import type { Database } from 'better-sqlite3';
import { normaliseDate } from '#shared/clinical/calendar-date.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import type { Outcome } from '#shared/course/outcome.ts';
import { BASELINE, type TimePoint } from '#shared/course/time-point.ts';
import type { PredictionFacts } from '#shared/model/prediction.ts';
import { prepared } from '../sql/prepared.ts';
import { readFactors } from './case-rows.ts';
import { readBody, readPredictionFacts, type StoredBody } from './stored-bodies.ts';

/** A closed course, and by what it is known to be the one that was read before. */
export interface ClosedStamp {
  readonly id: string;
  readonly madeUp: boolean;
  /** Another one after every save of the case and every change of its course. */
  readonly state: string;
  readonly predictionOutdated: boolean;
}

/** What evidence is made of: neither images nor their series, and of a prediction no map. */
export interface StoredClosed {
  readonly patientId: string;
  readonly issuer: string;
  readonly studyInstanceUID: string;
  readonly date: string;
  readonly manufacturer: string | undefined;
  readonly fieldStrengthT: number | undefined;
  readonly factors: FactorValues;
  readonly baseline: TimePoint | undefined;
  /** Of the newest prediction, in force or not. */
  readonly predictionId: string | undefined;
  readonly prediction: PredictionFacts | undefined;
  readonly comparison: PredictionFacts | undefined;
  readonly outcome: Outcome | undefined;
  /** When one was first entered; ISO 8601 moment, empty where none was. */
  readonly outcomeEntered: string;
}

/** So many that reading them, where the file has not been read yet, keeps nobody waiting. */
const STAMPS_AT_ONCE = 100;

interface StampRow {
  number: number;
  id: string;
  source_kind: string;
  prediction_outdated: 0 | 1;
  revision: number;
  newest: number;
}

const stampOf = (row: StampRow): ClosedStamp => ({
  id: row.id,
  madeUp: row.source_kind === 'simulated' || row.source_kind === 'demo',
  state: `${row.revision}/${row.newest}`,
  predictionOutdated: row.prediction_outdated === 1,
});

/**
 * Closed courses in the order of their cases, a page of them at a time: those after `after`, which is the `number` that the last page gave.
 * Undefined behind the last of all.
 */
export const closedStamps = (db: Database, after: number): { stamps: ClosedStamp[]; number: number } | undefined => {
  // In the order of the key: by the index of states each page would sort all of them.
  const rows = prepared(
    db,
    `SELECT k.number, c.id, c.source_kind, c.prediction_outdated, c.revision,
       (SELECT max(sequence) FROM course_entries e WHERE e.case_id = c.id) AS newest
     FROM course_list k CROSS JOIN cases c ON c.number = k.number
     WHERE k.number > ? AND +k.state = 'closed' AND c.trashed_at IS NULL ORDER BY k.number LIMIT ?`,
  ).all(after, STAMPS_AT_ONCE) as StampRow[];
  const last = rows.at(-1);
  return last && { number: last.number, stamps: rows.map(stampOf) };
};

const newestPart = <K extends 'outcome' | 'time-point'>(db: Database, caseId: string, kind: K, id: string) => {
  const row = prepared(
    db,
    `SELECT body, body_version FROM course_entries WHERE case_id = ? AND kind = ? AND item_id = ?
       ORDER BY sequence DESC LIMIT 1`,
  ).get(caseId, kind, id) as { body: string | null; body_version: number } | undefined;
  if (!row || row.body === null) return undefined;
  return readBody(`course ${kind}`, { body: row.body, body_version: row.body_version });
};

const firstEntered = (db: Database, caseId: string): string => {
  const row = prepared(
    db,
    `SELECT at FROM course_entries WHERE case_id = ? AND kind = 'outcome' AND body IS NOT NULL ORDER BY sequence LIMIT 1`,
  ).get(caseId) as { at: string } | undefined;
  return row?.at ?? '';
};

/** A study holds every series that was scanned: of all that, four columns are read where they lie. */
const STUDY = `SELECT patient_id, study_instance_uid, study_date, json_extract(body, '$.patient.issuer') AS issuer,
  json_extract(body, '$.manufacturer') AS manufacturer, json_extract(body, '$.fieldStrengthT') AS field
  FROM studies WHERE case_id = ?`;

interface StudyColumns {
  patient_id: string;
  study_instance_uid: string;
  study_date: string | null;
  issuer: string | null;
  manufacturer: string | null;
  field: number | null;
}

export const readClosed = (db: Database, { id, predictionOutdated }: ClosedStamp): StoredClosed => {
  const study = prepared(db, STUDY).get(id) as StudyColumns | undefined;
  const newest = prepared(
    db,
    'SELECT id, body, body_version FROM predictions WHERE case_id = ? ORDER BY sequence DESC LIMIT 1',
  ).get(id) as (StoredBody & { id: string }) | undefined;
  const beside = prepared(db, 'SELECT body, body_version FROM comparisons WHERE case_id = ?').get(id) as
    | StoredBody
    | undefined;
  const baseline = newestPart(db, id, 'time-point', BASELINE) as TimePoint | undefined;
  return {
    patientId: study?.patient_id ?? '',
    issuer: study?.issuer ?? '',
    studyInstanceUID: study?.study_instance_uid ?? '',
    date: baseline?.date ?? normaliseDate(study?.study_date ?? ''),
    manufacturer: study?.manufacturer ?? undefined,
    fieldStrengthT: study?.field ?? undefined,
    factors: readFactors(db, id),
    baseline,
    predictionId: newest?.id,
    prediction: newest && !predictionOutdated ? readPredictionFacts(newest) : undefined,
    comparison: beside && !predictionOutdated ? readPredictionFacts(beside) : undefined,
    outcome: newestPart(db, id, 'outcome', 'outcome') as Outcome | undefined,
    outcomeEntered: firstEntered(db, id),
  };
};
