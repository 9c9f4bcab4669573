/**
 * Which cases somebody may not know more of than what they read, since a reader study still asks them. In `users` mode those are
 * the readings of who signed in; where nobody signs in, or a reader is known by a name that no user has, whoever is there may be any
 * of them, and is bound like all of them.
 */
import type { Database } from 'better-sqlite3';
import { type ReaderStudy, type StudyReader, stepOf } from '#shared/readers/reader-study.ts';
import { type Actor, nameOfActor } from '../audit/actor.ts';
import { prepared } from '../sql/prepared.ts';
import { findUser, foldedName } from '../users/user-rows.ts';
import { lockedIn } from './reading-rows.ts';
import { readStudies } from './study-rows.ts';

export const keyOfUser = (id: string): string => `user:${id}`;
export const keyOfName = (name: string): string => `name:${foldedName(name)}`;

/** By what keys somebody may be a reader: as a user, and as the name that they had before there were users. */
export const keysOf = (actor: Actor): string[] => [
  ...(typeof actor === 'string' ? [] : [keyOfUser(actor.identity)]),
  keyOfName(nameOfActor(actor)),
];

/** The reader that somebody is in a study; undefined where they are none. */
export const readerIn = ({ readers }: Pick<ReaderStudy, 'readers'>, actor: Actor): StudyReader | undefined => {
  const keys = keysOf(actor);
  return readers.find(({ key }) => keys.includes(key));
};

/** Cases of a study that are there to be read: neither erased nor in the trash. */
export const readableCases = (db: Database, { cases }: Pick<ReaderStudy, 'cases'>): Set<string> =>
  new Set(
    prepared(db, 'SELECT id FROM cases WHERE trashed_at IS NULL AND id IN (SELECT value FROM json_each(?))')
      .pluck()
      .all(JSON.stringify(cases.map(({ caseId }) => caseId))) as string[],
  );

/** Readers of a study who have nothing left to read, and did not leave. */
export const finishedReaders = (db: Database, study: ReaderStudy): Set<string> => {
  const there = readableCases(db, study);
  const locked = Map.groupBy(lockedIn(db, study.id), ({ reader, caseId }) => JSON.stringify([reader, caseId]));
  const isDone = ({ key }: StudyReader) =>
    [...there].every((caseId) => {
      const kinds = new Set((locked.get(JSON.stringify([key, caseId])) ?? []).map(({ kind }) => kind));
      return stepOf(study, kinds) === 'done';
    });
  return new Set(study.readers.filter((one) => one.left === null && isDone(one)).map(({ key }) => key));
};

/** Nobody reads any more: it was closed, or every reader finished or left. */
export const hasEnded = (db: Database, study: ReaderStudy): boolean => {
  if (study.closed !== null) return true;
  const finished = finishedReaders(db, study);
  return study.readers.every(({ key, left }) => left !== null || finished.has(key));
};

const NAME = 'name:';

/** May this reader be who asks? A name that nobody signs in by now may be anybody's. */
const mayBe = (db: Database, key: string, actor: Actor): boolean => {
  if (typeof actor === 'string' || keysOf(actor).includes(key)) return true;
  return key.startsWith(NAME) && findUser(db, { name: key.slice(NAME.length) }) === undefined;
};

const bindsIn = (db: Database, study: ReaderStudy, actor: Actor): boolean => {
  if (study.closed !== null) return false;
  const mine = study.readers.filter(({ key, left }) => left === null && mayBe(db, key, actor));
  if (mine.length === 0) return false;
  const finished = finishedReaders(db, study);
  return mine.some(({ key }) => !finished.has(key));
};

/** What somebody may not be told of: cases, and the studies of their images by UID, of which a model could be asked anew. */
export interface Covered {
  readonly caseIds: ReadonlySet<string>;
  readonly studyUids: ReadonlySet<string>;
}

export const NOTHING_COVERED: Covered = { caseIds: new Set(), studyUids: new Set() };

export const coveredFor = (db: Database, actor: Actor): Covered => {
  const binding = readStudies(db).filter(({ study }) => bindsIn(db, study, actor));
  if (binding.length === 0) return NOTHING_COVERED;
  const asked = [...new Set(binding.flatMap(({ study }) => study.cases.map(({ caseId }) => caseId)))];
  const uids = prepared(
    db,
    `SELECT DISTINCT study_instance_uid FROM studies
     WHERE study_instance_uid <> '' AND case_id IN (SELECT value FROM json_each(?))`,
  )
    .pluck()
    .all(JSON.stringify(asked)) as string[];
  // A second case of the same images says the same of them.
  const alike = prepared(db, 'SELECT case_id FROM studies WHERE study_instance_uid IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify(uids)) as string[];
  return { caseIds: new Set([...asked, ...alike]), studyUids: new Set(uids) };
};
