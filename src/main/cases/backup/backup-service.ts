import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Backup, BackupStatus } from '#shared/cases/backup.ts';
import { AppError } from '#shared/errors.ts';
import { isWithin } from '../../files/is-within.ts';
import { writeAtomically } from '../../files/write-atomically.ts';
import { settingManaged } from '../../settings/setting-managed.ts';
import { backupUnderWay, type CopyOptions } from '../copy-records.ts';
import type { Vault } from '../vault.ts';
import { listBackups } from './make-backup.ts';

const DAY_MS = 86_400_000;
/** A day may pass without anybody at the workstation. */
const MISSED_AFTER_MS = 2 * DAY_MS;

const choiceSchema = z.object({ folder: z.string().min(1).optional(), problem: z.string().optional() });
type Choice = z.infer<typeof choiceSchema>;

export interface BackupServiceOptions {
  vault: Vault;
  dataFolder: string;
  /** Chosen for the workstation, before whatever a person chose. */
  fixedFolder?: string | undefined;
  now?: () => Date;
  changed: () => void;
}

/** Backups of the case history: the first of a day by itself, while haicast is open; others when somebody asks. */
export class BackupService {
  readonly #options: BackupServiceOptions;
  #running: Promise<unknown> | undefined;
  #isMaking = false;
  readonly #stop = new AbortController();

  constructor(options: BackupServiceOptions) {
    this.#options = options;
  }

  get folder(): string {
    const { fixedFolder, dataFolder } = this.#options;
    return resolve(fixedFolder ?? this.#choice().folder ?? join(dataFolder, 'backups'));
  }

  /** Another folder for the backups to come; those that are there stay where they are. */
  choose(folder: string): void {
    if (this.#options.fixedFolder !== undefined) {
      throw settingManaged('backupFolder');
    }
    this.#keep({ ...this.#choice(), folder });
  }

  async status(): Promise<BackupStatus> {
    const { folder } = this;
    const { problem } = this.#choice();
    const backups = await listBackups(folder).catch(() => []);
    const last = backups[0] && Date.parse(backups[0].at);
    const isOld = last === undefined || this.#now().getTime() - last > MISSED_AFTER_MS;
    return {
      folder,
      isOnSameDisk: isWithin(this.#options.dataFolder, folder),
      backups: backups.map(({ name, at, bytes, cases }) => ({ name, at, bytes, cases })),
      isMissed: problem !== undefined || (isOld && this.#hasSomethingKept()),
      ...(problem === undefined ? {} : { problem }),
    };
  }

  /**
   * Makes one now. Throws `backup-under-way` where one is being made, else why it could not, which the status says until the
   * next one succeeds.
   */
  async make(options: CopyOptions = {}): Promise<Backup> {
    const { vault } = this.#options;
    if (this.#isMaking) throw backupUnderWay();
    this.#isMaking = true;
    try {
      const { name, at, bytes, cases } = await vault.backup({ folder: this.folder, now: this.#now(), ...options });
      this.#keep({ ...this.#choice(), problem: undefined });
      vault.note({ action: 'backup.made', caseId: null, detail: { cases, bytes } });
      return { name, at, bytes, cases };
    } catch (error) {
      const code = error instanceof AppError ? error.code : 'backup-failed';
      if (options.signal?.aborted) throw error;
      this.#keep({ ...this.#choice(), problem: code });
      vault.note({ action: 'backup.failed', caseId: null, detail: { reason: code } });
      throw error;
    } finally {
      this.#isMaking = false;
      this.#options.changed();
    }
  }

  /** Makes the first one of the day, where the history is open and there is something to keep. Never throws: the status says what failed. */
  async makeIfDue(): Promise<void> {
    if (this.#running) return;
    this.#running = this.#makeIfDue()
      .catch(() => undefined)
      .finally(() => {
        this.#running = undefined;
      });
    await this.#running;
  }

  /** Gives up the one that is being made: the next start makes it. Quitting does not wait for gigabytes. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #makeIfDue(): Promise<void> {
    if (!this.#hasSomethingKept()) return;
    const [last] = await listBackups(this.folder);
    const today = this.#now().toISOString().slice(0, 10);
    if (last?.at.slice(0, 10) !== today) await this.make({ signal: this.#stop.signal });
  }

  /** What a backup would bring back: a case, in the trash too, who may sign in, a meeting of the board, or that a case was erased. */
  #hasSomethingKept(): boolean {
    const { state, cases = 0 } = this.#options.vault.status();
    if (state !== 'open') return false;
    if (cases > 0) return true;
    const store = this.#options.vault.store();
    return (
      store.users.list().length > 0 ||
      store.meetings().length > 0 ||
      store.tombstones.length > 0 ||
      store.list({ trashed: true, limit: 1 }).total > 0
    );
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date();
  }

  get #file(): string {
    return join(this.#options.dataFolder, 'backup.json');
  }

  #choice(): Choice {
    try {
      return existsSync(this.#file) ? choiceSchema.parse(JSON.parse(readFileSync(this.#file, 'utf8'))) : {};
    } catch {
      // Its folder has to be chosen again, which the page shows.
      return {};
    }
  }

  #keep(choice: Choice): void {
    writeAtomically(this.#file, `${JSON.stringify(choice, null, 2)}\n`);
  }
}
