import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import type { ReaderStudy } from '#shared/readers/reader-study.ts';
import { type Actor, nameOfActor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-chain.ts';
import { bodyVersion, readBody } from '../rows/stored-bodies.ts';
import { hashOf } from '../seal/canonical-json.ts';
import { prepared } from '../sql/prepared.ts';

/** A study as it is in force, and the entry that holds it. */
export interface KeptStudy {
  readonly base: number;
  readonly study: ReaderStudy;
}

interface StudyRow {
  sequence: number;
  study_id: string;
  at: string;
  actor: string;
  body: string;
  body_version: number;
}

const keptOf = ({ sequence, body, body_version }: StudyRow): KeptStudy => ({
  base: sequence,
  study: readBody('readerStudy', { body, body_version }),
});

/** Newest first. */
export const readStudies = (db: Database): KeptStudy[] =>
  (
    prepared(
      db,
      'SELECT * FROM reader_studies WHERE sequence IN (SELECT max(sequence) FROM reader_studies GROUP BY study_id)',
    ).all() as StudyRow[]
  )
    .map(keptOf)
    .toSorted((a, b) => b.study.begunAt.localeCompare(a.study.begunAt) || b.base - a.base);

const newestOf = (db: Database, id: string): StudyRow | undefined =>
  prepared(db, 'SELECT * FROM reader_studies WHERE study_id = ? ORDER BY sequence DESC LIMIT 1').get(id) as
    | StudyRow
    | undefined;

/** Throws `reader-study-gone`. */
export const readStudy = (db: Database, id: string): KeptStudy => {
  const row = newestOf(db, id);
  if (row) return keptOf(row);
  throw new AppError('reader-study-gone', 'This reader study is not here. Look at the list of studies again.');
};

const rowSeal = ({ sequence, study_id, at, actor, body, body_version }: StudyRow): string =>
  hashOf({ sequence, study_id, at, actor, body, body_version });

/** Every stored entry by its sequence, as what the audit log holds of it; none in a history of before there were studies. */
export const studySeals = (db: Database): Map<string, string> => {
  if (!db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'reader_studies'`).get()) return new Map();
  const rows = db.prepare('SELECT * FROM reader_studies').all() as StudyRow[];
  return new Map(rows.map((row) => [String(row.sequence), rowSeal(row)]));
};

/** What an entry of the audit log is called that seals one of a study. */
export const studyActions = ['readerStudy.begun', 'readerStudy.left', 'readerStudy.closed'] as const;

export interface StudyWrite {
  readonly action: (typeof studyActions)[number];
  readonly study: ReaderStudy;
  /** The entry that it was made from; null for a new one. */
  readonly base: number | null;
}

/** Call it inside a transaction. Throws `reader-study-changed` where another entry is in force by now. */
export const writeStudy = (
  db: Database,
  { action, study, base }: StudyWrite,
  by: { at: string; actor: Actor },
): void => {
  if ((newestOf(db, study.id)?.sequence ?? null) !== base) {
    throw new AppError(
      'reader-study-changed',
      'This reader study was changed elsewhere in the meantime. Look at what is there now, then try again.',
    );
  }
  const row = db
    .prepare('INSERT INTO reader_studies (study_id, at, actor, body, body_version) VALUES (?, ?, ?, ?, ?) RETURNING *')
    .get(study.id, by.at, nameOfActor(by.actor), JSON.stringify(study), bodyVersion('readerStudy')) as StudyRow;
  const detail = {
    study: study.id,
    cases: study.cases.length,
    readers: study.readers.length,
    entry: row.sequence,
    hash: rowSeal(row),
  };
  appendAudit(db, { ...by, action, caseId: null, detail });
};
