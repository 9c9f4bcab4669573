import { existsSync, rmSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { destinationUnknown } from '../../procedures/deidentify.ts';
import { removeLeftBehind } from './left-behind.ts';
import { type ZipEntry, zipStream } from './zip-stream.ts';

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const DESTINATION = /^download:(.*)$/;

/**
 * Copies on their way to the browser, which alone asks the user where they go: written into a private folder below the
 * data folder, sent once as a zip, and gone with that, when haicast ends, and, after a crash, when it starts again.
 */
export class Exports {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'exports', String(process.pid));
  }

  /** Folder behind `download:<id>`; throws `destination-unknown` for anything else. */
  folderOf(destination: string): string {
    const id = DESTINATION.exec(destination)?.[1];
    if (id === undefined || !ID.test(id)) throw destinationUnknown();
    return join(this.#folder, id);
  }

  /** The zip of a finished copy, which is removed after its last byte; undefined where there is none. */
  async zipOf(id: string): Promise<AsyncIterable<Uint8Array> | undefined> {
    if (!ID.test(id)) return undefined;
    const folder = join(this.#folder, id);
    if (!existsSync(folder)) return undefined;
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    return this.#sent(folder, files.sort());
  }

  /** Removes what this process holds. Synchronous: it is the last thing that an ending process does. */
  removeAll(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  prepare(): void {
    removeLeftBehind(dirname(this.#folder));
  }

  async *#sent(folder: string, files: readonly string[]): AsyncGenerator<Uint8Array> {
    try {
      yield* zipStream(
        files.map(
          (path): ZipEntry => ({
            name: path.slice(folder.length + 1).replaceAll('\\', '/'),
            read: () => readFile(path),
          }),
        ),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}
