import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite, { type Database } from 'better-sqlite3';

const LOCK = '.lock';

const isBusy = (error: unknown): boolean => (error as { code?: unknown }).code === 'SQLITE_BUSY';

/** What only a living process can hold: the operating system lets go of it when the process ends, however it ends. */
const held = (file: string): Database | undefined => {
  const lock = new BetterSqlite(file, { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
};

/** The lock of this process; once more where another one looked at it, or took it away, in the same moment. */
const hold = (file: string): Database => {
  for (;;) {
    const lock = held(file);
    if (lock && existsSync(file)) return lock;
    lock?.close();
  }
};

/**
 * A folder for what belongs to nobody but this process, with a lock beside it that is held as long as it lives. No process id: the
 * id of a process that is gone is given to another one.
 */
export class PrivateFolder {
  readonly #parent: string;
  readonly #name = randomUUID();
  #lock: Database | undefined;

  constructor(parent: string) {
    this.#parent = parent;
  }

  /** Made, for this user's eyes alone, when it is first asked for. */
  get path(): string {
    if (!this.#lock) {
      mkdirSync(this.#parent, { recursive: true, mode: 0o700 });
      // The lock first: a folder without one belongs to nobody.
      this.#lock = hold(join(this.#parent, `${this.#name}${LOCK}`));
      mkdirSync(join(this.#parent, this.#name), { recursive: true, mode: 0o700 });
    }
    return join(this.#parent, this.#name);
  }

  /**
   * Synchronous: it is among the last things that an ending process does, and keeps it from none of the others. Where a file is still
   * held by a process that is being ended (Windows), it is tried again, and then left to the next start, which finds it
   * without a lock.
   */
  remove(): void {
    try {
      rmSync(join(this.#parent, this.#name), { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
    } catch {
      // See above.
    }
    this.#lock?.close();
    this.#lock = undefined;
    rmSync(join(this.#parent, `${this.#name}${LOCK}`), { force: true });
  }
}

/** Ids of what lies there without a process that holds it. */
const leftBehindIn = (parent: string): string[] => {
  if (!existsSync(parent)) return [];
  const isHeld = (id: string): boolean => {
    const file = join(parent, `${id}${LOCK}`);
    if (!existsSync(file)) return false;
    const lock = held(file);
    lock?.close();
    return lock === undefined;
  };
  const ids = new Set(readdirSync(parent).map((name) => name.replace(/\.lock$/, '')));
  return [...ids].filter((id) => !isHeld(id));
};

/**
 * Clears every folder whose process is gone, and whatever else lies there without a process that holds it.
 * @param first is shown each such folder before it goes
 */
export const removeLeftBehind = (parent: string, first: (folder: string) => void = () => undefined): void => {
  for (const id of leftBehindIn(parent)) {
    first(join(parent, id));
    rmSync(join(parent, id), { recursive: true, force: true });
    rmSync(join(parent, `${id}${LOCK}`), { force: true });
  }
};

/** Where browsers' studies, copies on their way and fetched studies lie below the data folder; every host clears them at its start. */
export const passingFolders = (dataFolder: string) => ({
  uploads: join(dataFolder, 'uploads'),
  exports: join(dataFolder, 'exports'),
  fetched: join(dataFolder, 'fetched'),
});

export const clearPassingFolders = (dataFolder: string): void => {
  for (const folder of Object.values(passingFolders(dataFolder))) removeLeftBehind(folder);
};
