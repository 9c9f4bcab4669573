import type { Database } from 'better-sqlite3';
import { baselineWrites } from '#shared/course/assemble.ts';
import type { BaselineSource } from '#shared/course/baseline.ts';
import { type CourseProblem, courseProblems, isComputedNow } from '#shared/course/check-course.ts';
import { type Course, type CourseWrite, partKey } from '#shared/course/course.ts';
import { futureDays } from '#shared/course/future-days.ts';
import { isSameLesion } from '#shared/course/lesion-numbers.ts';
import { AppError } from '#shared/errors.ts';
import { today } from '#shared/format.ts';
import { appendAudit } from './audit/audit-chain.ts';
import type { CaseRow } from './rows/case-rows.ts';
import { keepCoursePictures, type Pictures, picturesNamed } from './rows/course-picture-rows.ts';
import { type EntryBy, insertEntry, listCourse, readCourse, readCourseHistory } from './rows/course-rows.ts';
import { sealOf } from './seal/seal.ts';

const assertOpen = (course: Course, amendment: string | undefined): void => {
  if (course.outcome === null || amendment) return;
  throw new AppError('course-closed', 'This course is closed. Choose Amend and say why, then change it.');
};

/** Another window may have written the same part: neither of the two is lost without a word. */
const assertCurrent = (course: Course, { kind, id, base }: CourseWrite): void => {
  if ((course.revisions[partKey(kind, id)] ?? null) === base) return;
  throw new AppError(
    'course-changed',
    'This was changed elsewhere in the meantime. Look at what is there now, then change it again.',
  );
};

const refused = ({ code, params }: CourseProblem): AppError =>
  new AppError('course-refused', `The course does not fit together (${code}). Nothing was changed.`, {
    params: { problem: code, ...params },
  });

/** What was exported of a lesion names it by its number for ever: one that was taken away comes back as itself, or not at all. */
const assertOwnNumber = (db: Database, course: Course, write: CourseWrite): void => {
  if (write.kind !== 'lesion' || write.body === null) return;
  const { id, body } = write;
  const isGone = course.revisions[partKey('lesion', id)] !== undefined && !course.lesions.some((one) => one.id === id);
  if (!isGone) return;
  const before = readCourseHistory(db, course.caseId, 'lesion', id).map((entry) => entry.body);
  if (!isSameLesion(body, before)) throw refused({ code: 'lesion-number-used', params: { lesion: id } });
};

/** Of what is written: a course that was kept with such a day before is read as it is. */
const assertHappened = ({ kind, body }: CourseWrite, at: string): void => {
  const [date] = body === null ? [] : futureDays(kind, body, today(new Date(at)));
  if (date !== undefined) throw refused({ code: 'in-future', params: { date } });
};

const assertFits = (course: Course, writes: readonly CourseWrite[]): void => {
  const [first] = courseProblems(course);
  if (first) throw refused(first);
  for (const { kind, body } of writes) {
    if (kind !== 'assessment' || body === null || isComputedNow(course, body)) continue;
    throw new AppError(
      'assessment-outdated',
      'The measurements are no longer those that this response was computed from. Look at it again, then confirm.',
    );
  }
};

/**
 * Changes parts of a course, all or none; call it inside a transaction. The first change of a course keeps its baseline
 * beside itself. `pictures`: bytes of key images that are not here yet. Throws `course-closed`, `course-changed`,
 * `course-refused`, `assessment-outdated`, `key-image-gone`.
 */
export const writeCourse = (
  db: Database,
  row: CaseRow,
  source: BaselineSource,
  writes: readonly CourseWrite[],
  by: EntryBy,
  pictures: Pictures = {},
): Course => {
  const before = readCourse(db, row.id, source);
  assertOpen(before, by.amendment);
  const isBegun = Object.keys(before.revisions).length > 0;
  if (!isBegun) for (const write of baselineWrites(source)) insertEntry(db, row.id, write, by);
  const started = isBegun ? before : { ...before, revisions: {} };
  for (const write of writes) {
    assertCurrent(started, write);
    assertOwnNumber(db, started, write);
    assertHappened(write, by.at);
  }
  keepCoursePictures(db, row.id, picturesNamed(writes), pictures);
  const entries = writes.map((write) => ({
    kind: write.kind,
    id: write.id,
    entry: insertEntry(db, row.id, write, by),
    ...(write.base === null ? {} : { supersedes: write.base }),
    ...(write.body === null ? { removed: true } : {}),
  }));
  const after = readCourse(db, row.id, source);
  assertFits(after, writes);
  listCourse(db, row.number, after);
  appendAudit(db, {
    at: by.at,
    actor: by.actor,
    action: by.amendment ? 'course.amended' : isBegun ? 'course.changed' : 'course.begun',
    caseId: row.id,
    detail: { entries, seal: sealOf(db, row.id) },
  });
  return after;
};
