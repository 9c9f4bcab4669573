import type { Database } from 'better-sqlite3';
import { PageScan } from './damage/scan-pages.ts';
import { applicationId, bindChange, emptyLog } from './file/log-binding.ts';
import {
  type OpenRecordsFile,
  openDamagedFile,
  openRecordsFile,
  type RecordsFileOptions,
  suspect,
} from './file/records-file.ts';
import type { DamagedReaders } from './rows/good-case.ts';
import { corrupt, damagedFile, recordsDamaged, toRecordError } from './sql/record-errors.ts';

/**
 * The record file in the hands of its one owner: what is read and changed goes through here, so that damage is noticed once
 * and from then on nothing is written any more.
 */
export class OwnedFile {
  readonly #options: RecordsFileOptions;
  #records: OpenRecordsFile;
  /** Ids that the file may have while its log is ahead of it. */
  #bases: readonly number[];
  #pages: PageScan | undefined;
  /** Not even its tables can be read any more. */
  #isLost = false;
  /** Somebody copies the file: it must not change, and what is changed stays in the log. */
  #isHeld = false;

  constructor(options: RecordsFileOptions) {
    this.#options = options;
    this.#records = openRecordsFile(options);
    this.#bases = [applicationId(this.db)];
  }

  /** The last owner ended without closing; its finished changes are here, an unfinished one is not. */
  get recovered(): boolean {
    return this.#records.recovered;
  }

  /** Present once the file was found damaged: what can be read of it may be read. */
  get damaged(): DamagedReaders | undefined {
    return this.#records.damaged;
  }

  /** What can be read of it may be read, which may be nothing; nothing is written any more. */
  get isDamaged(): boolean {
    return this.#isLost || this.damaged !== undefined;
  }

  get db(): Database {
    if (!this.#records.db.open) throw damagedFile('closed, as it could not be read');
    return this.#records.db;
  }

  /** From here on the file is read only, as far as it can be. */
  markDamaged(): void {
    if (this.isDamaged || !this.#records.db.open) return;
    suspect(this.#options.file);
    const { recovered } = this.#records;
    this.#records.close();
    try {
      this.#records = openDamagedFile(this.#options, recovered);
    } catch {
      // Every question is answered with the damage, until it is mended.
      this.#isLost = true;
    }
  }

  read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (corrupt(error)) this.markDamaged();
      throw toRecordError(error);
    }
  }

  /** One transaction, durable when this returns: in the file itself, or, where that has no room for it yet, in its log. */
  change<T>(work: () => T): T {
    if (this.isDamaged) throw recordsDamaged();
    return this.read(() => {
      const change = () => ({ result: work(), id: bindChange(this.db, this.#bases) });
      const { result, id } = this.db.transaction(change).immediate();
      this.#bases = this.#emptied() ? [id] : [...this.#bases, id];
      return result;
    });
  }

  get isHeld(): boolean {
    return this.#isHeld;
  }

  /**
   * Holds the file as it is until `release`: changes go on, in the log alone. False where the log cannot be emptied into the
   * file first, as on a full disk.
   */
  hold(): boolean {
    if (!this.#emptied()) return false;
    this.#bases = [applicationId(this.db)];
    this.#isHeld = true;
    return true;
  }

  release(): void {
    this.#isHeld = false;
    if (this.#records.db.open && !this.isDamaged && this.#emptied()) this.#bases = [applicationId(this.db)];
  }

  /**
   * The pages of the file: every one of them whole, unless it is damaged. Undefined where the log could not be emptied for want
   * of room: a page that was half written then is whole in the log, and is no damage.
   */
  pages(): PageScan | undefined {
    // While somebody copies the file, its log was emptied before and no page is written.
    if (!this.isDamaged && !this.#isHeld && !this.#emptied()) return undefined;
    this.#pages ??= new PageScan(this.#options.file, this.#options.key);
    return this.#pages;
  }

  /** Lets go of the file; its log is empty and goes with it. */
  close(): void {
    this.#records.close();
    this.#pages?.close();
    this.#pages = undefined;
  }

  #emptied(): boolean {
    if (this.#isHeld) return false;
    try {
      return emptyLog(this.db);
    } catch {
      // A disk that is full now: the change stands in the log, which is emptied with the next one.
      return false;
    }
  }
}
