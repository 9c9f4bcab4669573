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

const USER = 'user:';
const NAME = 'name:';

export const keyOfUser = (id: string): string => `${USER}${id}`;
export const keyOfName = (name: string): string => `${NAME}${foldedName(name)}`;

/** Who a reader is once they sign in; one who is known by a name alone is whoever says that name. */
export const actorOf = ({ key, name }: Pick<StudyReader, 'key' | 'name'>): Actor =>
  key.startsWith(USER) ? { name, identity: key.slice(USER.length) } : name;

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

/** Cases of a study that a reader is not through with, whether they are there or not. */
const unreadIn = (db: Database, study: ReaderStudy): ((reader: StudyReader) => string[]) => {
  const locked = Map.groupBy(lockedIn(db, study.id), ({ reader, caseId }) => JSON.stringify([reader, caseId]));
  const isDone = (key: string, caseId: string) => {
    const kinds = new Set((locked.get(JSON.stringify([key, caseId])) ?? []).map(({ kind }) => kind));
    return stepOf(study, kinds) === 'done';
  };
  return ({ key }) => study.cases.map(({ caseId }) => caseId).filter((caseId) => !isDone(key, caseId));
};

/** Readers of a study who have nothing left to read, and did not leave. */
export const finishedReaders = (db: Database, study: ReaderStudy): Set<string> => {
  const there = readableCases(db, study);
  const unread = unreadIn(db, study);
  const isDone = (reader: StudyReader) => !unread(reader).some((caseId) => there.has(caseId));
  return new Set(study.readers.filter((one) => one.left === null && isDone(one)).map(({ key }) => key));
};

/** Nobody reads any more: it was closed, or every reader finished or left. */
export const hasEnded = (db: Database, study: ReaderStudy): boolean => {
  if (study.closed !== null) return true;
  const finished = finishedReaders(db, study);
  return study.readers.every(({ key, left }) => left !== null || finished.has(key));
};

/** May this reader be who asks? A name that nobody signs in by now may be anybody's. */
const mayBe = (db: Database, key: string, actor: Actor): boolean => {
  if (typeof actor === 'string' || keysOf(actor).includes(key)) return true;
  return key.startsWith(NAME) && findUser(db, { name: key.slice(NAME.length) }) === undefined;
};

/**
 * Cases of a study that somebody may not be told of: all, until they are through with it. After that those which they did not read
 * because they lie in the trash, since they are read once they are restored.
 */
const boundIn = (db: Database, study: ReaderStudy, actor: Actor): string[] => {
  if (study.closed !== null) return [];
  const mine = study.readers.filter(({ key, left }) => left === null && mayBe(db, key, actor));
  const unread = new Set(mine.flatMap(unreadIn(db, study)));
  if (unread.size === 0) return [];
  const there = readableCases(db, study);
  return [...unread].some((caseId) => there.has(caseId)) ? study.cases.map(({ caseId }) => caseId) : [...unread];
};

/** What somebody may not be told of: cases, and the studies of their images by UID, of which a model could be asked anew. */
export interface Covered {
  readonly caseIds: ReadonlySet<string>;
  readonly studyUids: ReadonlySet<string>;
}

export const NOTHING_COVERED: Covered = { caseIds: new Set(), studyUids: new Set() };

export const coveredFor = (db: Database, actor: Actor): Covered => {
  const bound = new Set(readStudies(db).flatMap(({ study }) => boundIn(db, study, actor)));
  if (bound.size === 0) return NOTHING_COVERED;
  // Of an erased case there is nothing to tell.
  const asked = prepared(db, 'SELECT id FROM cases WHERE id IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(JSON.stringify([...bound])) as string[];
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
