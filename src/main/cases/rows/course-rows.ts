import type { Database } from 'better-sqlite3';
import { assembleCourse, type PartInForce } from '#shared/course/assemble.ts';
import type { BaselineSource } from '#shared/course/baseline.ts';
import type { Course, CourseEntry, CourseKind, CourseWrite } from '#shared/course/course.ts';
import { summariseCourse } from '#shared/course/reminders.ts';
import { type Actor, nameOfActor } from '../audit/actor.ts';
import { prepared } from '../sql/prepared.ts';
import { bodyVersion, readBody } from './stored-bodies.ts';

interface EntryRow {
  sequence: number;
  kind: CourseKind;
  item_id: string;
  at: string;
  actor: string;
  amendment: string | null;
  body: string | null;
  body_version: number;
}

const readEntryBody = ({ kind, body, body_version }: EntryRow): unknown =>
  body === null ? null : readBody(`course ${kind}`, { body, body_version });

const toEntry = (row: EntryRow): CourseEntry => ({
  sequence: row.sequence,
  kind: row.kind,
  id: row.item_id,
  at: row.at,
  actor: row.actor,
  amendment: row.amendment,
  body: readEntryBody(row),
});

/** The newest entry of each part. Throws `case-unreadable` where a body of one cannot be read. */
const partsInForce = (db: Database, caseId: string): PartInForce[] => {
  const rows = prepared(
    db,
    `SELECT * FROM course_entries WHERE case_id = ? AND sequence IN
       (SELECT max(sequence) FROM course_entries WHERE case_id = ? GROUP BY kind, item_id) ORDER BY sequence`,
  ).all(caseId, caseId) as EntryRow[];
  return rows.map(
    (row) => ({ kind: row.kind, id: row.item_id, sequence: row.sequence, body: readEntryBody(row) }) as PartInForce,
  );
};

export const readCourse = (db: Database, caseId: string, source: BaselineSource): Course =>
  assembleCourse(caseId, source, partsInForce(db, caseId));

/** Every entry of one part, newest first: what is in force, and what it superseded. */
export const readCourseHistory = (db: Database, caseId: string, kind: CourseKind, id: string): CourseEntry[] =>
  (
    db
      .prepare('SELECT * FROM course_entries WHERE case_id = ? AND kind = ? AND item_id = ? ORDER BY sequence DESC')
      .all(caseId, kind, id) as EntryRow[]
  ).map(toEntry);

/** Every entry of a course, oldest first. */
export const readCourseEntries = (db: Database, caseId: string): CourseEntry[] =>
  (db.prepare('SELECT * FROM course_entries WHERE case_id = ? ORDER BY sequence').all(caseId) as EntryRow[]).map(
    toEntry,
  );

export interface EntryBy {
  at: string;
  actor: Actor;
  /** Why a closed course is changed. */
  amendment: string | undefined;
}

export const insertEntry = (db: Database, caseId: string, { kind, id, body }: CourseWrite, by: EntryBy): number =>
  Number(
    prepared(
      db,
      `INSERT INTO course_entries (case_id, kind, item_id, at, actor, amendment, body, body_version)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ).run(
      caseId,
      kind,
      id,
      by.at,
      nameOfActor(by.actor),
      by.amendment ?? null,
      body === null ? null : JSON.stringify(body),
      bodyVersion(`course ${kind}`),
    ).lastInsertRowid,
  );

/** Writes what the list of cases says of a course. */
export const listCourse = (db: Database, number: number, course: Course): void => {
  const summary = summariseCourse(course);
  prepared(
    db,
    `INSERT OR REPLACE INTO course_list (number, case_id, state, follow_up_due, outcome_missing, follow_ups, cycles,
       best_recist, best_mrecist) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    number,
    course.caseId,
    summary.state,
    summary.followUpDue ?? null,
    summary.outcomeMissing ? 1 : 0,
    summary.followUps,
    summary.cycles,
    summary.best['recist-1.1'] ?? null,
    summary.best.mrecist ?? null,
  );
};
