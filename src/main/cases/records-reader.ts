import type { Database } from 'better-sqlite3';
import type { AuditNames, AuditPage, AuditQuery } from '#shared/cases/audit.ts';
import type { AuditEntry, CasePage, CaseQuery, RecordsVerdict, SavedCase } from '#shared/cases/case.ts';
import type { Course, CourseEntry, CourseKind } from '#shared/course/course.ts';
import type { ReaderStudy } from '#shared/readers/reader-study.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import type { Actor } from './audit/actor.ts';
import { entriesOf, readAudit } from './audit/audit-chain.ts';
import { readAuditNames, readAuditPage } from './audit/read-audit-page.ts';
import {
  type AnyBoardEntry,
  type BoardEntry,
  type BoardKind,
  type Place,
  readBoardHistory,
  readEntries,
} from './board/board-rows.ts';
import { type KeptMeeting, readMeeting, readMeetings } from './board/meeting-rows.ts';
import { type CheckOptions, checkRecords } from './check-records.ts';
import { type CopiedRecords, copyRecords, extentOf } from './copy-records.ts';
import type { PageCopyOptions } from './damage/scan-pages.ts';
import { type VerifyingStep, verifyRecords } from './damage/verify-records.ts';
import { type Tombstone, tombstones } from './erase-case.ts';
import type { RecordsFileOptions } from './file/records-file.ts';
import { readFormerKeys } from './keys/site-secrets.ts';
import { listDamaged } from './list/damaged-list.ts';
import { countCases, hasCaseOfDay, idsOfCases, idsOfMadeUp, idsOfSimulated, patientsUnder } from './list/find-cases.ts';
import { listCases } from './list/list-cases.ts';
import { OwnedFile } from './owned-file.ts';
import { type Found, patientSteps } from './patient/cases-of-patient.ts';
import {
  type Covered,
  coveredFor,
  finishedReaders,
  hasEnded,
  NOTHING_COVERED,
  readableCases,
} from './readers/covered-cases.ts';
import { type LockedReading, lockedIn, readingsOfCase, readingsOfStudy } from './readers/reading-rows.ts';
import {
  type Candidate,
  type CaseOutcome,
  candidates,
  caseOutcome,
  type EndedReading,
  endedReadings,
} from './readers/study-cases.ts';
import { type KeptStudy, readStudies, readStudy } from './readers/study-rows.ts';
import { type CaseRow, findCaseRow, type StoredBaseline } from './rows/case-rows.ts';
import { type ClosedStamp, closedStamps, readClosed, type StoredClosed } from './rows/closed-rows.ts';
import { readCoursePicture } from './rows/course-picture-rows.ts';
import { readCourse, readCourseEntries, readCourseHistory } from './rows/course-rows.ts';
import { goodPart } from './rows/good-case.ts';
import { type KeptPicture, pictureGone, readPicture } from './rows/key-image-rows.ts';
import { knownBaseline, knownCase, knownRow } from './rows/known-case.ts';
import { refuseStale } from './save-case.ts';
import { inSlices, type SliceOptions } from './sql/in-slices.ts';
import { recordsDamaged, toRecordError, withRecordErrors } from './sql/record-errors.ts';

export interface RecordsStoreOptions extends RecordsFileOptions {
  /** The clock, for tests. */
  now?: () => Date;
}

/**
 * Everything that the records are asked, whole or damaged: of a damaged file, what is as it was written. Nothing here changes
 * them.
 */
export class RecordsReader {
  protected readonly file: OwnedFile;
  readonly #clock: (() => Date) | undefined;
  /** The last owner ended without closing; its finished saves are here, an unfinished one is not. */
  readonly recovered: boolean;

  constructor(options: RecordsStoreOptions) {
    this.#clock = options.now;
    this.file = new OwnedFile(options);
    this.recovered = this.file.recovered;
  }

  /** What can be read of it may be read; nothing is written any more. */
  get damaged(): boolean {
    return this.file.isDamaged;
  }

  get(id: string): SavedCase {
    return this.#ofCase(id, knownCase);
  }

  /** What follows the prediction of a case; one that nothing follows yet is its baseline alone. */
  course(id: string): Course {
    return this.courseWithBaseline(id).course;
  }

  /** A course with what it takes from its case, and nothing else of that. */
  courseWithBaseline(id: string): { course: Course; source: StoredBaseline } {
    return this.#ofCase(id, (db, row) => {
      const source = knownBaseline(db, row);
      return { course: readCourse(db, id, source), source };
    });
  }

  /** Every closed course that is not in the trash, in the order of their making, and the state that each is in: a page at a time. */
  *closedStamps(): Generator<readonly ClosedStamp[], void> {
    let after = 0;
    for (;;) {
      const from = after;
      const page = this.read((db) => closedStamps(db, from));
      if (!page) return;
      yield page.stamps;
      after = page.number;
    }
  }

  /** What the evidence needs of one closed course. Throws `case-unreadable`. */
  closed(stamp: ClosedStamp): StoredClosed {
    return this.read((db) => readClosed(db, stamp));
  }

  /** Every entry of one part of a course, newest first. */
  courseHistory(id: string, kind: CourseKind, partId: string): CourseEntry[] {
    return this.#ofCase(id, (db) => readCourseHistory(db, id, kind, partId));
  }

  /** Every entry of a course, oldest first. */
  courseEntries(id: string): CourseEntry[] {
    return this.#ofCase(id, (db) => readCourseEntries(db, id));
  }

  /** Ids of the cases of the demonstration history that are not in the trash, or are. */
  simulated(trashed: boolean): string[] {
    return this.read((db) => idsOfSimulated(db, trashed));
  }

  /** Ids of the cases of nobody: their courses stand in no table or plot beside a patient's. */
  madeUp(): string[] {
    return this.read(idsOfMadeUp);
  }

  /** Whether a case of this patient and study day is kept and not in the trash. */
  hasPatient(patientId: string, day: string): boolean {
    return this.read((db) => hasCaseOfDay(db, patientId, day));
  }

  /** Who is kept under an identifier, of the cases that are not in the trash. */
  patientsUnder(patientId: string): PatientIdentity[] {
    return this.read((db) => patientsUnder(db, patientId));
  }

  /** Every case, in the trash too, in the order of their making. */
  ids(): string[] {
    return this.read(idsOfCases);
  }

  /** Meetings of the tumour board that were not taken away, newest day first. */
  meetings(): KeptMeeting[] {
    return this.read(readMeetings);
  }

  /** Throws `meeting-gone`. */
  meeting(id: string): KeptMeeting {
    return this.read((db) => readMeeting(db, id));
  }

  /** What boards were asked, shown or decided, oldest first. */
  boardEntries<K extends BoardKind>(kind: K, place: Place = {}): BoardEntry<K>[] {
    return this.read((db) => readEntries(db, kind, place));
  }

  /** All of it about one case. */
  boardHistory(id: string): AnyBoardEntry[] {
    return this.#ofCase(id, (db) => readBoardHistory(db, id));
  }

  /** Reader studies, newest first. */
  readerStudies(): KeptStudy[] {
    return this.read(readStudies);
  }

  /** Throws `reader-study-gone`. */
  readerStudy(id: string): KeptStudy {
    return this.read((db) => readStudy(db, id));
  }

  /** What was locked in a study, oldest first. */
  readingsOfStudy(studyId: string): LockedReading[] {
    return this.read((db) => readingsOfStudy(db, studyId));
  }

  /** What of a study is locked, without what was read. */
  lockedIn(studyId: string): ReturnType<typeof lockedIn> {
    return this.read((db) => lockedIn(db, studyId));
  }

  /** What readers of any study said of a case, oldest first. */
  readings(id: string): LockedReading[] {
    return this.#ofCase(id, (db) => readingsOfCase(db, id));
  }

  /** How far a study is: which of its cases are there, who has read them all, and whether nobody reads any more. */
  progressOf(study: ReaderStudy): { there: ReadonlySet<string>; finished: ReadonlySet<string>; ended: boolean } {
    return this.read((db) => ({
      there: readableCases(db, study),
      finished: finishedReaders(db, study),
      ended: hasEnded(db, study),
    }));
  }

  /** Cases that a reader study may ask about, newest change first. */
  readerCandidates(): Candidate[] {
    return this.read(candidates);
  }

  /** What became of a case of a study, with the prediction that the study shows of it. Throws `case-unreadable`. */
  caseOutcome(one: ReaderStudy['cases'][number]): CaseOutcome {
    return this.read((db) => caseOutcome(db, one));
  }

  /** First readings of studies that have ended, by readers who finished them. */
  endedReadings(): EndedReading[] {
    return this.read(endedReadings);
  }

  /** What somebody may not be told of, since a reader study still asks them. Of a damaged history, nothing: its cases are needed more. */
  coveredFor(actor: Actor): Covered {
    return this.damaged ? NOTHING_COVERED : this.read((db) => coveredFor(db, actor));
  }

  /** A key image of a case or of its course, with its bytes and nothing else. Throws `key-image-gone` where there is none. */
  picture(id: string, pictureId: string): KeptPicture {
    const { picture } = this.#ofCase(id, (db) => ({
      picture: readPicture(db, id, pictureId) ?? readCoursePicture(db, id, pictureId),
    }));
    if (picture) return picture;
    throw pictureGone();
  }

  /** @param without cases that are not in it */
  list(query: CaseQuery = {}, without?: ReadonlySet<string>): CasePage {
    if (!this.damaged) {
      try {
        return this.read((db) => listCases(db, query, without));
      } catch (error) {
        if (!this.damaged) throw error;
      }
    }
    const { damaged } = this.file;
    if (!damaged) throw recordsDamaged();
    return withRecordErrors(() => listDamaged(damaged, query, (id) => this.get(id)));
  }

  /** Cases that are not in the trash. */
  count(): number {
    if (this.damaged) return this.list({ limit: 1 }).total;
    return this.read(countCases);
  }

  /** Throws `case-not-found`, also for a case that was erased. */
  assertKept(id: string): void {
    this.read((db) => knownRow(db, id));
  }

  /** Throws `case-changed` where the case has another revision than the one that was changed. */
  assertRevision(id: string, revision: number): void {
    this.read((db) => refuseStale(db, knownRow(db, id), revision));
  }

  /** Every case of a patient, and every one that a person may know to be (`match-patient.ts`). */
  async ofPatient(patient: PatientIdentity, options: SliceOptions<VerifyingStep> = {}): Promise<Found> {
    try {
      return await inSlices(patientSteps(this.file.db, patient), options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw toRecordError(error);
    }
  }

  get tombstones(): Tombstone[] {
    return this.read(tombstones);
  }

  /** Keys that the history had, newest first: backups of their time are under them. */
  formerKeys(): Uint8Array[] {
    return this.read(readFormerKeys);
  }

  /** Has nothing been written since the copy was made? */
  isAsCopied({ through, hash }: CopiedRecords): boolean {
    const now = this.read(() => extentOf(this.file));
    return now.through === through && now.hash === hash;
  }

  /** Entries of one case (or all), oldest first; the whole chain is verified each time, and the content it seals. */
  audit(caseId?: string): { entries: AuditEntry[]; intact: boolean } {
    return this.read((db) => {
      const entries = readAudit(db);
      return {
        entries: caseId === undefined ? entries : entries.filter((entry) => entry.caseId === caseId),
        intact: verifyRecords(db).intact,
      };
    });
  }

  /** What the audit log holds of some actions, oldest first. */
  entriesOf(actions: readonly string[]): AuditEntry[] {
    return this.read((db) => entriesOf(db, actions));
  }

  /** @param without cases of which no entry is told */
  auditPage(query: AuditQuery, without?: ReadonlySet<string>): AuditPage {
    return this.read((db) => readAuditPage(db, query, without));
  }

  auditNames(): AuditNames {
    return this.read(readAuditNames);
  }

  /** Is everything as it was written? At once, and nothing is kept of the answer. */
  verify(): RecordsVerdict {
    return this.read((db) => verifyRecords(db));
  }

  /** See `check-records.ts`. */
  check(options: Omit<CheckOptions, 'now'>): Promise<RecordsVerdict> {
    return checkRecords(this.file, { ...options, now: () => this.now() });
  }

  /** See `copy-records.ts`. */
  copyTo(target: string, options: PageCopyOptions = {}): Promise<CopiedRecords> {
    return copyRecords(this.file, target, options);
  }

  /** What is read of the present history by others that compare it. */
  compare<T>(work: (db: Database) => T): T {
    return this.read(work);
  }

  /** Lets go of the file; its log is empty and goes with it. */
  close(): void {
    this.file.close();
  }

  protected now(): string {
    return (this.#clock?.() ?? new Date()).toISOString();
  }

  protected read<T>(work: (db: Database) => T): T {
    return this.file.read(() => work(this.file.db));
  }

  /** What is read of a case: of a damaged file only what is as it was written. */
  #ofCase<T>(id: string, read: (db: Database, row: CaseRow) => T): T {
    return this.read((db) => {
      const { damaged } = this.file;
      if (!damaged) return read(db, knownRow(db, id));
      return goodPart(damaged, id, (from) => {
        const row = findCaseRow(from, id);
        return row && read(from, row);
      });
    });
  }
}
