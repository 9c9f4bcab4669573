/** Studies that were fetched, in a private folder below the data folder: for as long as somebody needs them, and never longer than haicast runs. */
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '#shared/canonical-json.ts';
import type { PacsAddress } from '#shared/pacs/node.ts';
import { PrivateFolder, passingFolders } from '../../files/private-folder.ts';

/** Of paths in the contract that stand for a fetched study. */
export const FETCHED_PREFIX = 'pacs:';

export class Fetched {
  readonly #own: PrivateFolder;
  /** By what was asked for: what came in an earlier try of the same is not fetched again. */
  readonly #ids = new Map<string, string>();

  constructor(dataFolder: string) {
    this.#own = new PrivateFolder(passingFolders(dataFolder).fetched);
  }

  /**
   * A folder for one study of one archive: the one of before, without what was under way when that try ended, or a new one. What
   * came from another address under the archive's name, or was held to another patient, is not gone on with.
   */
  async folderFor(asked: {
    address: PacsAddress;
    studyInstanceUID: string;
    patientId: string;
  }): Promise<{ id: string; folder: string }> {
    const key = canonicalJson(asked);
    const id = this.#ids.get(key) ?? randomUUID();
    this.#ids.set(key, id);
    const folder = join(this.#own.path, id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const parts = (await readdir(folder)).filter((name) => name.endsWith('.part'));
    for (const part of parts) await rm(join(folder, part), { force: true });
    return { id, folder };
  }

  /** A new folder for what leaves, which its maker removes. */
  passingFolder(): string {
    const folder = join(this.#own.path, randomUUID());
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  /** Undefined where nothing was fetched under it, or it is gone. */
  pathOf(id: string): string | undefined {
    if (![...this.#ids.values()].includes(id)) return undefined;
    const folder = join(this.#own.path, id);
    return existsSync(folder) ? folder : undefined;
  }

  async remove(id: string): Promise<void> {
    for (const [key, kept] of this.#ids) {
      if (kept !== id) continue;
      this.#ids.delete(key);
      // The process that read it may not have ended yet, and holds its files on Windows.
      await rm(join(this.#own.path, id), { recursive: true, force: true, maxRetries: 5 });
    }
  }

  /** Synchronous: it is the last thing that an ending process does. */
  removeAll(): void {
    this.#ids.clear();
    this.#own.remove();
  }
}
