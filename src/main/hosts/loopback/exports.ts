import { createReadStream } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PrivateFolder, passingFolders } from '../../files/private-folder.ts';
import { type ZipEntry, zipStream } from '../../files/zip-stream.ts';
import { destinationUnknown } from '../../procedures/deidentify.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DESTINATION = /^download:(.*)$/;

const idOf = (destination: string): string => {
  const id = DESTINATION.exec(destination)?.[1];
  if (id === undefined || !ID.test(id)) throw destinationUnknown();
  return id;
};

const PART_BYTES = 1 << 20;

const zipOf = async (folder: string): Promise<AsyncIterable<Uint8Array>> => {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return zipStream(
    files.sort().map(
      (path): ZipEntry => ({
        name: path.slice(folder.length + 1).replaceAll('\\', '/'),
        // Everything of a history is one file, of gigabytes: in parts.
        parts: () => createReadStream(path, { highWaterMark: PART_BYTES }),
      }),
    ),
  );
};

/** A browser fetches a copy at once: more than a few that wait are downloads that failed and were given up. */
const MOST_WAITING = 4;

/**
 * Copies on their way to the browser, which alone asks the user where they go: written into a private folder below the
 * data folder, sent whole as a zip once, and gone with that, when haicast ends, and, after a crash, when it starts again.
 */
export class Exports {
  readonly #own: PrivateFolder;
  /** Ids of copies that are written and not being sent, oldest first. */
  readonly #waiting = new Set<string>();

  constructor(dataFolder: string) {
    this.#own = new PrivateFolder(passingFolders(dataFolder).exports);
  }

  /** Folder behind `download:<id>`; throws `destination-unknown` for anything else. */
  folderOf(destination: string): string {
    const id = idOf(destination);
    return join(this.#own.path, id);
  }

  /** Says that a copy is whole: before that there is nothing to send. */
  async finished(destination: string): Promise<void> {
    await this.#wait(idOf(destination));
  }

  /**
   * Hands the zip of a finished copy to `deliver`, and removes the copy once that has all of it; where the transfer
   * breaks off, the copy waits again. False where there is none, or somebody else is being sent it.
   */
  async send(id: string, deliver: (zip: AsyncIterable<Uint8Array>) => Promise<void>): Promise<boolean> {
    // Taken before anything is awaited: a second request in the meantime finds none.
    if (!this.#waiting.delete(id)) return false;
    const folder = join(this.#own.path, id);
    try {
      await deliver(await zipOf(folder));
    } catch (error) {
      await this.#wait(id);
      throw error;
    }
    await rm(folder, { recursive: true, force: true });
    return true;
  }

  /** Removes what this process holds. Synchronous: it is the last thing that an ending process does. */
  removeAll(): void {
    this.#own.remove();
  }

  async #wait(id: string): Promise<void> {
    this.#waiting.add(id);
    for (const oldest of [...this.#waiting].slice(0, -MOST_WAITING)) {
      this.#waiting.delete(oldest);
      await rm(join(this.#own.path, oldest), { recursive: true, force: true });
    }
  }
}
