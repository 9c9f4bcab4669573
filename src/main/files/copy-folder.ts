/** The folder that something leaves into: empty at the start, and empty again where that is not finished. */
import { mkdir, open, readdir, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AppError } from '#shared/errors.ts';

const cannotWrite = (error: unknown): AppError =>
  new AppError(
    'cannot-write',
    'The copy could not be written. Check that the disk has room and may be written to.',
    // Nothing but the code: the system's sentence holds the path.
    { detail: String((error as { code?: unknown }).code) },
  );

export class CopyFolder {
  readonly #folder: string;
  readonly #isOwn: boolean;
  readonly #mode: number;
  readonly #files: string[] = [];
  readonly #folders = new Set<string>();

  private constructor(folder: string, isOwn: boolean, mode: number) {
    this.#mode = mode;
    this.#folder = resolve(folder);
    this.#isOwn = isOwn;
  }

  /** `mode`: of files in it. Throws `folder-not-empty`, or `cannot-write` where it can be neither made nor read. */
  static async open(folder: string, mode = 0o666): Promise<CopyFolder> {
    let made: string | undefined;
    let entries: string[];
    try {
      made = await mkdir(folder, { recursive: true });
      entries = await readdir(folder);
    } catch (error) {
      throw cannotWrite(error);
    }
    if (entries.length > 0) {
      throw new AppError(
        'folder-not-empty',
        'The folder is not empty. Choose an empty one, so that nothing else leaves with the copy.',
      );
    }
    return new CopyFolder(folder, made !== undefined, mode);
  }

  /** `name` may begin with one folder. A full disk or a lost drive ends the export. Throws `cannot-write`; nothing is ever written over. */
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(this.#folder, name);
    const folder = dirname(path);
    try {
      await mkdir(folder, { recursive: true });
      if (folder !== this.#folder) this.#folders.add(folder);
      const file = await open(path, 'wx', this.#mode);
      this.#files.push(path);
      try {
        await file.writeFile(bytes);
      } finally {
        await file.close();
      }
    } catch (error) {
      throw cannotWrite(error);
    }
  }

  /** Removes what was written and nothing else; what cannot be removed stays. */
  async takeBack(): Promise<void> {
    for (const file of this.#files) await rm(file, { force: true }).catch(() => undefined);
    for (const folder of this.#folders) await rmdir(folder).catch(() => undefined);
    if (this.#isOwn) await rmdir(this.#folder).catch(() => undefined);
  }
}
