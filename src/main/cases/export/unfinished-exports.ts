/**
 * Where an export is being written, so that what is left of one whose process was killed goes with the next start. It holds everything of
 * everybody, plain where one wanted it so. Kept in the data folder, sealed, since a path may name a patient.
 */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PrivateFolder, removeLeftBehind } from '../../files/private-folder.ts';
import { openText, sealText } from '../../files/sealed-text.ts';

/** Whole numbers as text: those of a file system may be larger than a number holds. */
const keptSchema = z.strictObject({ path: z.string(), device: z.string(), inode: z.string() });
type Kept = z.infer<typeof keptSchema>;

const PLACE = 'place';
const BOUND_TO = 'an export that is being written';
const NAME = /[\\/]haicast-export-[\dTZ-]+\.zip(\.enc)?\.unfinished$/;

/** The very file, and not another one of its name: undefined where there is none, or it is no plain file. */
const identityOf = (path: string): Kept | undefined => {
  const found = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  // 0 where a file system has no such numbers.
  if (!found?.isFile() || found.ino === 0n) return undefined;
  return { path, device: String(found.dev), inode: String(found.ino) };
};

const isSame = (kept: Kept): boolean => {
  const found = identityOf(kept.path);
  return found !== undefined && found.device === kept.device && found.inode === kept.inode;
};

export interface UnfinishedExportsOptions {
  /** In the data folder. */
  folder: string;
  /** Seals where they are; throws while the records are closed. */
  key: () => Uint8Array;
}

export class UnfinishedExports {
  readonly #options: UnfinishedExportsOptions;
  readonly #own: PrivateFolder;
  #begun = 0;

  constructor(options: UnfinishedExportsOptions) {
    this.#options = options;
    this.#own = new PrivateFolder(options.folder);
  }

  /**
   * Remembers a file that is there by now, until what is returned is called. An export does not fail for it: where it cannot be kept (a disk
   * that is full, records that cannot be written), what a kill leaves stays as it was.
   */
  begin(path: string): () => void {
    const kept = identityOf(path);
    if (!kept) return () => undefined;
    try {
      this.#begun += 1;
      const own = join(this.#own.path, String(this.#begun));
      mkdirSync(own, { mode: 0o700 });
      writeFileSync(join(own, PLACE), sealText(this.#options.key(), JSON.stringify(kept), BOUND_TO), { mode: 0o600 });
      return () => rmSync(own, { recursive: true, force: true });
    } catch {
      return () => undefined;
    }
  }

  /**
   * Removes what processes that are gone have left, where it is the very file that they wrote, and gives how many there were. What cannot be
   * reached now (a drive that is not connected) is nobody's to remove later: the number of a file may be another one's by then.
   */
  clear(): number {
    // No key is made for what never was.
    if (!existsSync(this.#options.folder)) return 0;
    let removed = 0;
    const key = this.#options.key();
    removeLeftBehind(this.#options.folder, (folder) => {
      const names = existsSync(folder) ? readdirSync(folder) : [];
      for (const name of names) removed += this.#remove(join(folder, name, PLACE), key) ? 1 : 0;
    });
    return removed;
  }

  /** Synchronous: it is among the last things that an ending process does. */
  close(): void {
    this.#own.remove();
  }

  #remove(place: string, key: Uint8Array): boolean {
    try {
      const kept = keptSchema.parse(JSON.parse(openText(key, readFileSync(place, 'utf8'), BOUND_TO)));
      if (!NAME.test(kept.path) || !isSame(kept)) return false;
      rmSync(kept.path);
      return true;
    } catch {
      // Of another history, cut off by the kill, or not to be removed: it stays where it is.
      return false;
    }
  }
}
