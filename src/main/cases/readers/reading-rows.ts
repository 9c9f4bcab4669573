import type { Database } from 'better-sqlite3';
import { AppError } from '#shared/errors.ts';
import type { ReadingKind } from '#shared/readers/reader-study.ts';
import { type Actor, nameOfActor } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-chain.ts';
import { type Bodies, bodyVersion, readBody } from '../rows/stored-bodies.ts';
import { sealOf } from '../seal/seal.ts';
import { prepared } from '../sql/prepared.ts';
import { readStudy } from './study-rows.ts';

type BodyOf<K extends ReadingKind> = Bodies[`reading ${K}`];

/** Who read which case in which study, and whether before or after the model was shown. */
export interface ReadingPlace {
  readonly studyId: string;
  readonly caseId: string;
  /** Key of the reader. */
  readonly reader: string;
}

interface Locked<K extends ReadingKind> extends ReadingPlace {
  readonly kind: K;
  readonly sequence: number;
  readonly at: string;
  readonly actor: string;
  readonly body: BodyOf<K>;
}
export type LockedReading = { [K in ReadingKind]: Locked<K> }[ReadingKind];

interface ReadingRow {
  sequence: number;
  case_id: string;
  study_id: string;
  reader: string;
  kind: ReadingKind;
  at: string;
  actor: string;
  body: string;
  body_version: number;
}

const lockedOf = ({ sequence, case_id, study_id, reader, kind, at, actor, ...stored }: ReadingRow): LockedReading =>
  ({
    sequence,
    caseId: case_id,
    studyId: study_id,
    reader,
    kind,
    at,
    actor,
    body: readBody(`reading ${kind}`, stored),
  }) as LockedReading;

/** Every reading of a study, oldest first. Throws `case-unreadable` where one cannot be read. */
export const readingsOfStudy = (db: Database, studyId: string): LockedReading[] =>
  (prepared(db, 'SELECT * FROM readings WHERE study_id = ? ORDER BY sequence').all(studyId) as ReadingRow[]).map(
    lockedOf,
  );

/** Every reading of a case, oldest first, whichever study it is of. */
export const readingsOfCase = (db: Database, caseId: string): LockedReading[] =>
  (prepared(db, 'SELECT * FROM readings WHERE case_id = ? ORDER BY sequence').all(caseId) as ReadingRow[]).map(
    lockedOf,
  );

/** What of a study is locked, without what was read: `[caseId, reader, kind]`. */
export const lockedIn = (db: Database, studyId: string): { caseId: string; reader: string; kind: ReadingKind }[] =>
  prepared(db, 'SELECT case_id AS caseId, reader, kind FROM readings WHERE study_id = ?').all(studyId) as {
    caseId: string;
    reader: string;
    kind: ReadingKind;
  }[];

export interface ReadingWrite<K extends ReadingKind = ReadingKind> extends ReadingPlace {
  readonly kind: K;
  readonly body: BodyOf<K>;
}

const refused = (code: string, sentence: string) => new AppError(code, sentence);

const assertStillReads = (db: Database, { studyId, reader }: ReadingPlace): void => {
  const { study } = readStudy(db, studyId);
  const isIn = study.readers.some(({ key, left }) => key === reader && left === null);
  if (study.closed === null && isIn) return;
  throw refused('reader-study-ended', 'This reader study is over for you: it was closed, or you left it.');
};

/** What is read a second time was read before, and nothing is read twice. */
const assertNext = (db: Database, { studyId, caseId, reader, kind }: ReadingWrite): void => {
  const kinds = prepared(db, 'SELECT kind FROM readings WHERE study_id = ? AND case_id = ? AND reader = ?')
    .pluck()
    .all(studyId, caseId, reader) as ReadingKind[];
  if (kinds.includes(kind)) {
    throw refused('reading-locked', 'This reading is locked already. What was locked is not changed.');
  }
  if (kind === 'second' && !kinds.includes('first')) {
    throw refused('reading-first', 'Read this case without the model first, and lock that.');
  }
};

/** Locks a reading and seals the case with it; call it inside a transaction. Throws `reader-study-ended`, `reading-locked`, `reading-first`. */
export const insertReading = (db: Database, write: ReadingWrite, by: { at: string; actor: Actor }): void => {
  assertStillReads(db, write);
  assertNext(db, write);
  const { studyId, caseId, reader, kind, body } = write;
  const entry = Number(
    db
      .prepare(
        `INSERT INTO readings (case_id, study_id, reader, kind, at, actor, body, body_version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        caseId,
        studyId,
        reader,
        kind,
        by.at,
        nameOfActor(by.actor),
        JSON.stringify(body),
        bodyVersion(`reading ${kind}`),
      ).lastInsertRowid,
  );
  // Not what was read: the log may be seen by others who still read.
  const detail = { study: studyId, as: kind, entry, seal: sealOf(db, caseId) };
  appendAudit(db, { ...by, action: 'reading.locked', caseId, detail });
};
