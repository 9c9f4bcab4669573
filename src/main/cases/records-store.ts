import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { SavedCase } from '#shared/cases/case.ts';
import type { Course, CourseWrite } from '#shared/course/course.ts';
import type { CaseWithoutImages } from '#shared/course/without-images.ts';
import { type Actor, PROGRAM } from './audit/actor.ts';
import { appendOnce } from './audit/append-once.ts';
import { type AuditEvent, appendAudit } from './audit/audit-chain.ts';
import { type BoardKind, type BoardWrite, insertEntry } from './board/board-rows.ts';
import { type MeetingWrite, writeMeeting } from './board/meeting-rows.ts';
import type { Tombstone } from './erase-case.ts';
import { type Origin, type TakenOver, takeOverCases } from './import/write-taken-over.ts';
import { formerKeyName } from './keys/former-keys.ts';
import { keepSecret, readSecret } from './keys/site-secrets.ts';
import { findAgain } from './list/list-row.ts';
import { insertReading, type ReadingWrite } from './readers/reading-rows.ts';
import { type StudyWrite, writeStudy } from './readers/study-rows.ts';
import { RecordsReader } from './records-reader.ts';
import type { CaseToSave } from './rows/case-to-save.ts';
import type { Pictures } from './rows/course-picture-rows.ts';
import { knownBaseline, knownRow } from './rows/known-case.ts';
import { assertCaseToSave, keepWithoutImages, relinkCase, saveCase } from './save-case.ts';
import { assertTrashed, eraseWithEntries, setTrashed, trashedBefore } from './trash-case.ts';
import { UserRecords } from './users/user-records.ts';
import { writeCourse } from './write-course.ts';

export interface CourseAuthor {
  actor: Actor;
  /** Why a closed course is changed. */
  amendment?: string | undefined;
  /** Bytes of key images that the course has not yet. */
  pictures?: Pictures | undefined;
}

/**
 * The only store of cases: one encrypted SQLite file, one owner. Every change is one transaction together with its audit
 * entry, so a case is there as it was before or as it is after a save, never between.
 */
export class RecordsStore extends RecordsReader {
  /** Who may use the workstation. */
  readonly users = new UserRecords({
    read: (work) => this.read(work),
    change: (work) => this.#change(work),
  });

  /** Keeps a new case, or a new revision of the one with `caseId`. A prediction that is already kept is not kept twice. */
  save(input: CaseToSave, actor: Actor): SavedCase {
    const valid = assertCaseToSave(input);
    return this.#change((db, at) => saveCase(db, valid, { at, actor }));
  }

  /** Changes parts of a course, all or none (`write-course.ts`). */
  writeCourse(id: string, writes: readonly CourseWrite[], { actor, amendment, pictures }: CourseAuthor): Course {
    return this.#change((db, at) => {
      const row = knownRow(db, id);
      return writeCourse(db, row, knownBaseline(db, row), writes, { at, actor, amendment }, pictures);
    });
  }

  /** Keeps cases without images together with their courses, all or none. Answers their ids. */
  keepWithoutImages(cases: readonly CaseWithoutImages[], actor: Actor): string[] {
    return this.#change((db, at) => cases.map((one) => keepWithoutImages(db, one, { at, actor })));
  }

  /** Keeps cases of another installation as they were there, all or none, each sealed anew with where it came from. Answers their ids. */
  takeOverCases(cases: readonly TakenOver[], origin: Origin, actor: Actor): string[] {
    return this.#change((db, at) => takeOverCases(db, cases, origin, { at, actor }));
  }

  /** Throws `board-changed` where it was changed by another hand. */
  writeMeeting(write: MeetingWrite, actor: Actor): void {
    this.#change((db, at) => writeMeeting(db, write, { at, actor }));
  }

  /** Keeps what a board was asked, shown or decided of a case, and makes the case found by its words. Throws `board-changed`. */
  writeBoard<K extends BoardKind>(write: BoardWrite<K>, actor: Actor): void {
    this.#change((db, at) => {
      const row = knownRow(db, write.caseId);
      insertEntry(db, write, { at, actor });
      findAgain(db, { id: row.id, study: knownBaseline(db, row).study });
    });
  }

  /** Begins a reader study, or says who left it or that it is closed. Throws `reader-study-changed`. */
  writeReaderStudy(write: StudyWrite, actor: Actor): void {
    this.#change((db, at) => writeStudy(db, write, { at, actor }));
  }

  /** Locks what somebody read. Throws `reader-study-ended`, `reading-locked`, `reading-first`. */
  lockReading(write: ReadingWrite, actor: Actor): void {
    this.#change((db, at) => {
      knownRow(db, write.caseId);
      insertReading(db, write, { at, actor });
    });
  }

  /** Remembers where the images of a case are now; the case itself is what it was. */
  relink(id: string, source: SavedCase['source'], actor: Actor): void {
    this.#change((db, at) => relinkCase(db, id, source, { at, actor }));
  }

  trash(id: string, actor: Actor): void {
    this.trashAll([id], actor);
  }

  restore(id: string, actor: Actor): void {
    this.restoreAll([id], actor);
  }

  /** Moves cases to the trash, all or none. Answers how many of them were not there yet. */
  trashAll(ids: readonly string[], actor: Actor): number {
    return this.#change((db, at) => ids.filter((id) => setTrashed(db, id, true, { at, actor })).length);
  }

  /** Brings cases back from the trash, all or none. */
  restoreAll(ids: readonly string[], actor: Actor): void {
    this.#change((db, at) => {
      for (const id of ids) setTrashed(db, id, false, { at, actor });
    });
  }

  /** Erases a case for ever; a tombstone says which and why, and nothing of whom. Only what is in the trash: `case-not-in-trash`. */
  erase(id: string, reason: Tombstone['reason'], actor: Actor): void {
    this.#change((db, at) => {
      assertTrashed(db, id);
      eraseWithEntries(db, [{ case_id: id, erased_at: at, reason }], { at, actor });
    });
  }

  /** Erases cases of one patient, whether in the trash or not, all or none. */
  erasePatient(ids: readonly string[], actor: Actor): void {
    this.#change((db, at) => {
      const erased = ids.map((id) => ({ case_id: knownRow(db, id).id, erased_at: at, reason: 'request' as const }));
      eraseWithEntries(db, erased, { at, actor });
      const detail = { cases: ids.length };
      appendAudit(db, { at, actor, action: 'patient.erased', caseId: null, detail });
    });
  }

  /**
   * Erases what has been in the trash since before `before` (ISO 8601), the oldest first and `most` at once, all or none; gives
   * how many. Fewer than `most`: nothing is left to erase.
   */
  emptyTrash(before: string, actor: Actor, most: number): number {
    const old = this.read((db) => trashedBefore(db, before, most));
    if (old.length === 0) return 0;
    this.#change((db, at) => {
      const erased = old.map((id) => ({ case_id: id, erased_at: at, reason: 'trash' as const }));
      eraseWithEntries(db, erased, { at, actor });
    });
    return old.length;
  }

  /**
   * Keeps erased what was erased elsewhere, all or none: what came back with a backup, and what is not in it but may come with
   * a later one, or an export.
   */
  eraseAgain(erased: readonly Tombstone[], actor: Actor): void {
    const known = new Set(this.tombstones.map(({ case_id }) => case_id));
    const missing = erased.filter(({ case_id }) => !known.has(case_id));
    if (missing.length > 0) this.#change((db, at) => eraseWithEntries(db, missing, { at, actor }));
  }

  /** Keeps in the audit log what was done without a change to a case. */
  record(event: Pick<AuditEvent, 'action' | 'caseId' | 'detail'>, actor: Actor): void {
    this.#change((db, at) => appendAudit(db, { at, actor, ...event }));
  }

  /** The same for what was done before the history was open, each once: all of it or, where this throws, nothing. */
  takeOver(events: readonly AuditEvent[]): void {
    this.#change((db) => appendOnce(db, events));
  }

  /**
   * A secret of this site by its name: 32 random bytes, made when it is first asked for. It lives and dies with the
   * records, encrypted like them, and never leaves the main side.
   */
  secret(name: string): Uint8Array {
    const kept = this.read((db) => readSecret(db, name));
    if (kept) return kept;
    const value = randomBytes(32);
    this.#change((db, at) => keepSecret(db, { name, value }, { at, actor: PROGRAM }));
    return new Uint8Array(value);
  }

  /** Keeps a key that the history has no longer. */
  keepFormerKey(key: Uint8Array, actor: Actor): void {
    const name = formerKeyName(key);
    if (this.read((db) => readSecret(db, name))) return;
    this.#change((db, at) => keepSecret(db, { name, value: Buffer.from(key) }, { at, actor }));
  }

  /** One transaction, whole or not at all; its entries have the time at which it began. */
  #change<T>(work: (db: Database, at: string) => T): T {
    return this.file.change(() => work(this.file.db, this.now()));
  }
}
