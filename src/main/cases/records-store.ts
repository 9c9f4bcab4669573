import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { AuditNames, AuditPage, AuditQuery } from '#shared/cases/audit.ts';
import type { AuditEntry, CasePage, CaseQuery, RecordsVerdict, SavedCase } from '#shared/cases/case.ts';
import type { Course, CourseEntry, CourseKind, CourseWrite } from '#shared/course/course.ts';
import type { CaseWithoutImages } from '#shared/course/without-images.ts';
import { AppError } from '#shared/errors.ts';
import type { PatientIdentity } from '#shared/study/study.ts';
import type { Actor } from './audit/actor.ts';
import { type AuditEvent, appendAudit, lastSave, readAudit } from './audit/audit-chain.ts';
import { readAuditNames, readAuditPage } from './audit/read-audit-page.ts';
import {
  type AnyBoardEntry,
  type BoardEntry,
  type BoardKind,
  type BoardWrite,
  insertEntry,
  type Place,
  readBoardHistory,
  readEntries,
} from './board/board-rows.ts';
import { type KeptMeeting, type MeetingWrite, readMeeting, readMeetings, writeMeeting } from './board/meeting-rows.ts';
import { type CheckOptions, checkRecords } from './check-records.ts';
import { type CopiedRecords, copyRecords, extentOf } from './copy-records.ts';
import type { PageCopyOptions } from './damage/scan-pages.ts';
import { type VerifyingStep, verifyRecords } from './damage/verify-records.ts';
import { describeChanges, describePrediction } from './describe-changes.ts';
import { eraseCases, type Tombstone, tombstones } from './erase-case.ts';
import type { RecordsFileOptions } from './file/records-file.ts';
import { type TakenOver, writeTakenOver } from './import/write-taken-over.ts';
import { FORMER_KEY, formerKeyName } from './keys/former-keys.ts';
import { listDamaged } from './list/damaged-list.ts';
import { listCases } from './list/list-cases.ts';
import { findAgain, listAgain } from './list/list-row.ts';
import { OwnedFile } from './owned-file.ts';
import { type Found, patientSteps } from './patient/cases-of-patient.ts';
import {
  type CaseRow,
  findCaseRow,
  insertPrediction,
  readBaselineSource,
  readCase,
  replaceInputs,
  type StoredBaseline,
  writeCaseRow,
} from './rows/case-rows.ts';
import { type CaseToSave, caseToSaveSchema } from './rows/case-to-save.ts';
import { replaceComparison } from './rows/comparison-rows.ts';
import { readCourse, readCourseEntries, readCourseHistory } from './rows/course-rows.ts';
import { goodPart } from './rows/good-case.ts';
import { type KeptPicture, pictureGone, readPicture, replaceKeyImages } from './rows/key-image-rows.ts';
import { sealOf, sealOfErased, secretSeal } from './seal/seal.ts';
import { inSlices, type SliceOptions } from './sql/in-slices.ts';
import { prepared } from './sql/prepared.ts';
import { recordsDamaged, toRecordError, withRecordErrors } from './sql/record-errors.ts';
import { UserRecords } from './users/user-records.ts';
import { writeCourse } from './write-course.ts';

export interface CourseAuthor {
  actor: Actor;
  /** Why a closed course is changed. */
  amendment?: string | undefined;
}

const withStudy = <T>(found: T | undefined): T => {
  if (found) return found;
  throw toRecordError(Object.assign(new Error('a case without its study'), { code: 'SQLITE_CORRUPT' }));
};

export interface RecordsStoreOptions extends RecordsFileOptions {
  /** The clock, for tests. */
  now?: () => Date;
}

/**
 * The only store of cases: one encrypted SQLite file, one owner. Every change is one transaction together with its audit
 * entry, so a case is there as it was before or as it is after a save, never between.
 */
export class RecordsStore {
  readonly #options: RecordsStoreOptions;
  readonly #file: OwnedFile;
  /** The last owner ended without closing; its finished saves are here, an unfinished one is not. */
  readonly recovered: boolean;
  /** Who may use the workstation. */
  readonly users = new UserRecords({
    read: (work) => this.#read(() => work(this.#db)),
    change: (work) => this.#change(() => work(this.#db, this.#now())),
  });

  constructor(options: RecordsStoreOptions) {
    this.#options = options;
    this.#file = new OwnedFile(options);
    this.recovered = this.#file.recovered;
  }

  /** What can be read of it may be read; nothing is written any more. */
  get damaged(): boolean {
    return this.#file.damaged !== undefined;
  }

  /** Keeps a new case, or a new revision of the one with `caseId`. A prediction that is already kept is not kept twice. */
  save(input: CaseToSave, actor: Actor): SavedCase {
    const valid = caseToSaveSchema.safeParse(input);
    if (!valid.success) {
      throw new AppError('internal', 'The case does not fit its own description and was not saved.', {
        detail: valid.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`).join('; '),
      });
    }
    return this.#change(() => this.#save(valid.data, actor));
  }

  get(id: string): SavedCase {
    return this.#ofCase(id, (db, row) => withStudy(readCase(db, row)));
  }

  /** What follows the prediction of a case; one that nothing follows yet is its baseline alone. */
  course(id: string): Course {
    return this.courseWithBaseline(id).course;
  }

  /** A course with what it takes from its case, and nothing else of that. */
  courseWithBaseline(id: string): { course: Course; source: StoredBaseline } {
    return this.#ofCase(id, (db, row) => {
      const source = withStudy(readBaselineSource(db, row));
      return { course: readCourse(db, id, source), source };
    });
  }

  /** Changes parts of a course, all or none (`write-course.ts`). */
  writeCourse(id: string, writes: readonly CourseWrite[], { actor, amendment }: CourseAuthor): Course {
    return this.#change(() => {
      const row = this.#row(id);
      return writeCourse(this.#db, row, this.#baselineSource(row), writes, { at: this.#now(), actor, amendment });
    });
  }

  /** Keeps cases without images together with their courses, all or none. Answers their ids. */
  keepWithoutImages(cases: readonly CaseWithoutImages[], actor: Actor): string[] {
    return this.#change(() => cases.map((one) => this.#keepWithoutImages(one, actor)));
  }

  /** Ids of the cases of the demonstration history that are not in the trash, or are. */
  simulated(trashed: boolean): string[] {
    const sql = `SELECT id FROM cases WHERE source_kind = 'simulated' AND (trashed_at IS NOT NULL) = ? ORDER BY number`;
    return this.#read(
      () =>
        this.#db
          .prepare(sql)
          .pluck()
          .all(trashed ? 1 : 0) as string[],
    );
  }

  /** Whether a case of this patient and study day is kept and not in the trash. */
  hasPatient(patientId: string, day: string): boolean {
    const sql = 'SELECT 1 FROM case_list WHERE trashed = 0 AND patient_id = ? COLLATE NOCASE AND study_date = ?';
    return this.#read(() => this.#db.prepare(sql).get(patientId, day.replaceAll('-', '')) !== undefined);
  }

  /** Every entry of one part of a course, newest first. */
  courseHistory(id: string, kind: CourseKind, partId: string): CourseEntry[] {
    return this.#ofCase(id, (db) => readCourseHistory(db, id, kind, partId));
  }

  /** Keeps cases of another installation as they were there, all or none, each sealed anew with where it came from. Answers their ids. */
  takeOverCases(cases: readonly TakenOver[], origin: { from: string; made: string }, actor: Actor): string[] {
    return this.#change(() => {
      const at = this.#now();
      const kept = cases.map((one) => {
        writeTakenOver(this.#db, one);
        const { id, revision } = one.one;
        const detail = { ...origin, revision, seal: sealOf(this.#db, id) };
        appendAudit(this.#db, { at, actor, action: 'case.imported', caseId: id, detail });
        return id;
      });
      const detail = { ...origin, cases: kept.length };
      appendAudit(this.#db, { at, actor, action: 'records.imported', caseId: null, detail });
      return kept;
    });
  }

  /** Every case, in the trash too, in the order of their making. */
  ids(): string[] {
    return this.#read(() => this.#db.prepare('SELECT id FROM cases ORDER BY number').pluck().all() as string[]);
  }

  /** Every entry of a course, oldest first. */
  courseEntries(id: string): CourseEntry[] {
    return this.#ofCase(id, (db) => readCourseEntries(db, id));
  }

  /** Meetings of the tumour board that were not taken away, newest day first. */
  meetings(): KeptMeeting[] {
    return this.#read(() => readMeetings(this.#db));
  }

  /** Throws `meeting-gone`. */
  meeting(id: string): KeptMeeting {
    return this.#read(() => readMeeting(this.#db, id));
  }

  /** Throws `board-changed` where it was changed by another hand. */
  writeMeeting(write: MeetingWrite, actor: Actor): void {
    this.#change(() => writeMeeting(this.#db, write, { at: this.#now(), actor }));
  }

  /** What boards were asked, shown or decided, oldest first. */
  boardEntries<K extends BoardKind>(kind: K, place: Place = {}): BoardEntry<K>[] {
    return this.#read(() => readEntries(this.#db, kind, place));
  }

  /** All of it about one case. */
  boardHistory(id: string): AnyBoardEntry[] {
    return this.#ofCase(id, (db) => readBoardHistory(db, id));
  }

  /** Keeps what a board was asked, shown or decided of a case, and makes the case found by its words. Throws `board-changed`. */
  writeBoard<K extends BoardKind>(write: BoardWrite<K>, actor: Actor): void {
    this.#change(() => {
      const row = this.#row(write.caseId);
      insertEntry(this.#db, write, { at: this.#now(), actor });
      findAgain(this.#db, { id: row.id, study: withStudy(readBaselineSource(this.#db, row)).study });
    });
  }

  /** A key image, with its bytes and nothing else of its case. Throws `key-image-gone` where the case has no such picture. */
  picture(id: string, pictureId: string): KeptPicture {
    const { picture } = this.#ofCase(id, (db) => ({ picture: readPicture(db, id, pictureId) }));
    if (picture) return picture;
    throw pictureGone();
  }

  list(query: CaseQuery = {}): CasePage {
    if (!this.damaged) {
      try {
        return this.#read(() => listCases(this.#db, query));
      } catch (error) {
        if (!this.damaged) throw error;
      }
    }
    const { damaged } = this.#file;
    if (!damaged) throw recordsDamaged();
    return withRecordErrors(() => listDamaged(damaged, query, (id) => this.get(id)));
  }

  /** Cases that are not in the trash. */
  count(): number {
    if (this.damaged) return this.list({ limit: 1 }).total;
    return this.#read(() => Number(this.#db.prepare('SELECT count(*) FROM case_list WHERE trashed = 0').pluck().get()));
  }

  /** Throws `case-changed` where the case has another revision than the one that was changed. */
  assertRevision(id: string, revision: number): void {
    this.#read(() => this.#refuseStale(this.#row(id), revision));
  }

  /** Remembers where the images of a case are now; the case itself is what it was. */
  relink(id: string, { kind, path }: SavedCase['source'], actor: Actor): void {
    this.#change(() => {
      const row = this.#row(id);
      if (row.source_kind === kind && row.source_path === path) return;
      this.#db.prepare('UPDATE cases SET source_kind = ?, source_path = ? WHERE id = ?').run(kind, path, id);
      const detail = { seal: sealOf(this.#db, id) };
      appendAudit(this.#db, { at: this.#now(), actor, action: 'case.relinked', caseId: id, detail });
    });
  }

  trash(id: string, actor: Actor): void {
    this.trashAll([id], actor);
  }

  restore(id: string, actor: Actor): void {
    this.restoreAll([id], actor);
  }

  /** Moves cases to the trash, all or none. */
  trashAll(ids: readonly string[], actor: Actor): void {
    const at = this.#now();
    this.#change(() => {
      for (const id of ids) this.#setTrashed(id, at, 'case.trashed', actor);
    });
  }

  /** Brings cases back from the trash, all or none. */
  restoreAll(ids: readonly string[], actor: Actor): void {
    this.#change(() => {
      for (const id of ids) this.#setTrashed(id, null, 'case.restored', actor);
    });
  }

  /** Erases a case for ever; a tombstone says which and why, and nothing of whom. Only what is in the trash: `case-not-in-trash`. */
  erase(id: string, reason: Tombstone['reason'], actor: Actor): void {
    this.#change(() => {
      if (this.#row(id).trashed_at === null) {
        throw new AppError('case-not-in-trash', 'Only a case in the trash can be erased. Move it to the trash first.');
      }
      this.#erase([{ case_id: id, erased_at: this.#now(), reason }], actor);
    });
  }

  /** Every case of a patient, and every one that a person may know to be (`match-patient.ts`). */
  async ofPatient(patient: PatientIdentity, options: SliceOptions<VerifyingStep> = {}): Promise<Found> {
    try {
      return await inSlices(patientSteps(this.#db, patient), options);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw toRecordError(error);
    }
  }

  /** Erases cases of one patient, whether in the trash or not, all or none. */
  erasePatient(ids: readonly string[], actor: Actor): void {
    this.#change(() => {
      const at = this.#now();
      this.#erase(
        ids.map((id) => ({ case_id: this.#row(id).id, erased_at: at, reason: 'request' as const })),
        actor,
      );
      const detail = { cases: ids.length };
      appendAudit(this.#db, { at, actor, action: 'patient.erased', caseId: null, detail });
    });
  }

  /**
   * Erases what has been in the trash since before `before` (ISO 8601), the oldest first and `most` at once, all or none; gives
   * how many. Fewer than `most`: nothing is left to erase.
   */
  emptyTrash(before: string, actor: Actor, most: number): number {
    const old = this.#read(
      () =>
        this.#db
          .prepare('SELECT id FROM case_list WHERE trashed = 1 AND trashed_at < ? ORDER BY trashed_at, id LIMIT ?')
          .pluck()
          .all(before, most) as string[],
    );
    const erased = old.map((id) => ({ case_id: id, erased_at: this.#now(), reason: 'trash' as const }));
    if (erased.length > 0) this.#change(() => this.#erase(erased, actor));
    return erased.length;
  }

  get tombstones(): Tombstone[] {
    return this.#read(() => tombstones(this.#db));
  }

  /**
   * Keeps erased what was erased elsewhere, all or none: what came back with a backup, and what is not in it but may come with
   * a later one, or an export.
   */
  eraseAgain(erased: readonly Tombstone[], actor: Actor): void {
    const known = new Set(this.tombstones.map(({ case_id }) => case_id));
    const missing = erased.filter(({ case_id }) => !known.has(case_id));
    if (missing.length > 0) this.#change(() => this.#erase(missing, actor));
  }

  #erase(erased: readonly Tombstone[], actor: Actor): void {
    eraseCases(
      this.#db,
      erased.map((tombstone) => ({ number: findCaseRow(this.#db, tombstone.case_id)?.number, tombstone })),
    );
    for (const { case_id: caseId, reason } of erased) {
      const detail = { reason, seal: sealOfErased(this.#db, caseId) };
      appendAudit(this.#db, { at: this.#now(), actor, action: 'case.erased', caseId, detail });
    }
  }

  /** Keeps in the audit log what was done without a change to a case. */
  record(event: Pick<AuditEvent, 'action' | 'caseId' | 'detail'>, actor: Actor): void {
    this.takeOver([{ at: this.#now(), actor, ...event }]);
  }

  /** The same for what was done before the history was open: all of it or, where this throws, nothing. */
  takeOver(events: readonly AuditEvent[]): void {
    this.#change(() => {
      for (const event of events) appendAudit(this.#db, event);
    });
  }

  /**
   * A secret of this site by its name: 32 random bytes, made when it is first asked for. It lives and dies with the
   * records, encrypted like them, and never leaves the main side.
   */
  secret(name: string): Uint8Array {
    const kept = this.#read(() => this.#db.prepare('SELECT value FROM secrets WHERE name = ?').pluck().get(name));
    if (kept instanceof Uint8Array) return new Uint8Array(kept);
    return this.#change(() => {
      const made = randomBytes(32);
      this.#keepSecret(name, made, 'haicast');
      return new Uint8Array(made);
    });
  }

  /** Keys that the history had, newest first: backups of their time are under them. */
  formerKeys(): Uint8Array[] {
    return this.#read(() =>
      this.#db
        .prepare('SELECT value FROM secrets WHERE substr(name, 1, ?) = ? ORDER BY created_at DESC')
        .pluck()
        .all(FORMER_KEY.length, FORMER_KEY)
        .filter((value) => value instanceof Uint8Array)
        .map((value) => new Uint8Array(value)),
    );
  }

  /** Keeps a key that the history has no longer. */
  keepFormerKey(key: Uint8Array, actor: Actor): void {
    const name = formerKeyName(key);
    if (this.#read(() => this.#db.prepare('SELECT 1 FROM secrets WHERE name = ?').get(name)) !== undefined) return;
    this.#change(() => this.#keepSecret(name, Buffer.from(key), actor));
  }

  #keepSecret(name: string, value: Uint8Array, actor: Actor): void {
    const at = this.#now();
    this.#db.prepare('INSERT INTO secrets (name, value, created_at) VALUES (?, ?, ?)').run(name, value, at);
    const detail = { name, hash: secretSeal(name, value, at) };
    appendAudit(this.#db, { at, actor, action: 'secret.created', caseId: null, detail });
  }

  /** Has nothing been written since the copy was made? */
  isAsCopied({ through, hash }: CopiedRecords): boolean {
    const now = this.#read(() => extentOf(this.#file));
    return now.through === through && now.hash === hash;
  }

  /** Entries of one case (or all), oldest first; the whole chain is verified each time, and the content it seals. */
  audit(caseId?: string): { entries: AuditEntry[]; intact: boolean } {
    return this.#read(() => {
      const entries = readAudit(this.#db);
      return {
        entries: caseId === undefined ? entries : entries.filter((entry) => entry.caseId === caseId),
        intact: verifyRecords(this.#db).intact,
      };
    });
  }

  auditPage(query: AuditQuery): AuditPage {
    return this.#read(() => readAuditPage(this.#db, query));
  }

  auditNames(): AuditNames {
    return this.#read(() => readAuditNames(this.#db));
  }

  /** Is everything as it was written? At once, and nothing is kept of the answer. */
  verify(): RecordsVerdict {
    return this.#read(() => verifyRecords(this.#db));
  }

  /** See `check-records.ts`. */
  check(options: Omit<CheckOptions, 'now'>): Promise<RecordsVerdict> {
    return checkRecords(this.#file, { ...options, now: () => this.#now() });
  }

  /** See `copy-records.ts`. */
  copyTo(target: string, options: PageCopyOptions = {}): Promise<CopiedRecords> {
    return copyRecords(this.#file, target, options);
  }

  /** What is read of the present history by others that compare it. */
  compare<T>(work: (db: Database) => T): T {
    return this.#read(() => work(this.#db));
  }

  /** Lets go of the file; its log is empty and goes with it. */
  close(): void {
    this.#file.close();
  }

  #now(): string {
    return (this.#options.now?.() ?? new Date()).toISOString();
  }

  get #db(): Database {
    return this.#file.db;
  }

  #read<T>(work: () => T): T {
    return this.#file.read(work);
  }

  #change<T>(work: () => T): T {
    return this.#file.change(work);
  }

  #row(id: string): CaseRow {
    const row = findCaseRow(this.#db, id);
    if (!row) throw new AppError('case-not-found', 'This case is not in the case history. Refresh the list.');
    return row;
  }

  #case(row: CaseRow): SavedCase {
    return withStudy(readCase(this.#db, row));
  }

  #baselineSource(row: CaseRow): StoredBaseline {
    return withStudy(readBaselineSource(this.#db, row));
  }

  /** What is read of a case: of a damaged file only what is as it was written. */
  #ofCase<T>(id: string, read: (db: Database, row: CaseRow) => T): T {
    return this.#read(() => {
      const { damaged } = this.#file;
      if (!damaged) return read(this.#db, this.#row(id));
      return goodPart(damaged, id, (from) => {
        const row = findCaseRow(from, id);
        return row && read(from, row);
      });
    });
  }

  /** Somebody else has saved since: nothing of theirs is overwritten unseen. */
  #refuseStale(row: CaseRow, revision: number | undefined): void {
    if (revision === undefined || revision === row.revision) return;
    const { actor, at } = lastSave(this.#db, row.id) ?? { actor: '', at: row.updated_at };
    throw new AppError(
      'case-changed',
      'This case was saved from another window since it was opened here. Nothing was changed. Compare both, then save.',
      { params: { revision: row.revision, by: actor, at } },
    );
  }

  #save(input: CaseToSave, actor: Actor): SavedCase {
    const at = this.#now();
    const present = input.caseId === undefined ? undefined : this.#row(input.caseId);
    if (present) this.#refuseStale(present, input.revision);
    const before = present && this.#case(present);
    const id = present?.id ?? randomUUID();
    const kept = before?.predictions ?? [];
    const { prediction } = input;
    const isNew = prediction !== undefined && !kept.some((one) => one.id === prediction.id);
    if (prediction !== undefined && !isNew && kept[0]?.id !== prediction.id) {
      throw new AppError(
        'prediction-superseded',
        'A newer prediction has superseded this one. Predict again, then save.',
      );
    }
    const number = writeCaseRow(this.#db, {
      id,
      revision: (present?.revision ?? 0) + 1,
      created_at: present?.created_at ?? at,
      updated_at: at,
      source_kind: input.source.kind,
      source_path: input.source.path,
      base_rate: input.baseRate,
      note: input.note,
      trashed_at: present?.trashed_at ?? null,
      prediction_outdated: prediction === undefined && kept.length > 0 ? 1 : 0,
      model_id: input.modelId ?? null,
    });
    replaceInputs(this.#db, id, input);
    if (isNew) insertPrediction(this.#db, id, prediction);
    replaceComparison(this.#db, id, input.comparison);
    if (input.keyImages) replaceKeyImages(this.#db, id, input.keyImages, input.pictures ?? {});
    const after = this.#case(this.#row(id));
    listAgain(this.#db, number, after);
    appendAudit(this.#db, {
      at,
      actor,
      action: present ? 'case.saved' : 'case.created',
      caseId: id,
      detail: {
        revision: (present?.revision ?? 0) + 1,
        changes: describeChanges(before, after),
        ...(isNew
          ? {
              prediction: describePrediction(prediction, kept[0]),
            }
          : {}),
        seal: sealOf(this.#db, id),
      },
    });
    return after;
  }

  #keepWithoutImages({ source, study, factors, writes }: CaseWithoutImages, actor: Actor): string {
    const { id } = this.#save({ source, study, factors, roles: [], lesions: [], baseRate: null, note: '' }, actor);
    const row = this.#row(id);
    const by = { at: this.#now(), actor, amendment: undefined };
    writeCourse(this.#db, row, this.#baselineSource(row), writes, by);
    return id;
  }

  #setTrashed(id: string, trashedAt: string | null, action: string, actor: Actor): void {
    const row = this.#row(id);
    if ((row.trashed_at === null) === (trashedAt === null)) return;
    prepared(this.#db, 'UPDATE cases SET trashed_at = ? WHERE id = ?').run(trashedAt, id);
    prepared(this.#db, 'UPDATE case_list SET trashed_at = ? WHERE id = ?').run(trashedAt, id);
    const detail = { seal: sealOf(this.#db, id) };
    appendAudit(this.#db, { at: this.#now(), actor, action, caseId: id, detail });
  }
}
