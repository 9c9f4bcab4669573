import { readdirSync } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AppError } from '#shared/errors.ts';
import { PrivateFolder, passingFolders } from '../../files/private-folder.ts';
import { relativePathOf, UPLOAD_ID } from './upload-path.ts';

/** Of paths in the contract that stand for files of a browser. */
export const UPLOAD_PREFIX = 'upload:';

export interface UploadLimits {
  files: number;
  /** Of one whole study. */
  bytes: number;
}

/** Far above any MRI study, far below a disk. */
const DEFAULT_LIMITS: UploadLimits = { files: 50_000, bytes: 16 * 2 ** 30 };

interface Upload {
  files: number;
  bytes: number;
  /** Bodies on their way, and the writing of each. */
  receiving: Map<Readable, Promise<void>>;
}

const gone = () => new AppError('upload-gone', 'The files are no longer there. Choose the study again.');

const createNew = (path: string): Promise<FileHandle> => open(path, 'wx', 0o600);

/** A file that is not there yet. Two names that became one on the way are kept apart by the index. */
const create = async (path: string, index: number): Promise<FileHandle> => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return await createNew(path);
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    return await createNew(join(dirname(path), `${index}-${basename(path)}`));
  }
};

/**
 * Files of a study that was chosen in the browser, in a private folder below the data folder. They go when nobody needs
 * them any more (`HandedOverUse`), when haicast ends, and, after a crash, when it starts again.
 */
export class Uploads {
  readonly #own: PrivateFolder;
  readonly #limits: UploadLimits;
  readonly #uploads = new Map<string, Upload>();
  /** What still arrives of these is refused. */
  readonly #gone = new Set<string>();

  constructor(dataFolder: string, limits: UploadLimits = DEFAULT_LIMITS) {
    this.#own = new PrivateFolder(passingFolders(dataFolder).uploads);
    this.#limits = limits;
  }

  /**
   * Throws `upload-refused` (name, count or size), `upload-gone` or what the disk says. A study without one of its files is
   * not opened, so that with one that fails or breaks off, all that came before goes as well.
   */
  async receive(uploadId: string, index: number, encodedPath: string | undefined, body: Readable): Promise<void> {
    const relative = relativePathOf(uploadId, encodedPath);
    if (this.#gone.has(uploadId)) throw gone();
    const upload = this.#uploads.get(uploadId) ?? { files: 0, bytes: 0, receiving: new Map() };
    this.#uploads.set(uploadId, upload);
    const writing = this.#write(upload, join(this.#own.path, uploadId, relative), index, body);
    upload.receiving.set(body, writing);
    try {
      await writing;
    } catch (error) {
      upload.receiving.delete(body);
      await this.remove(uploadId);
      throw error;
    }
    upload.receiving.delete(body);
  }

  async #write(upload: Upload, path: string, index: number, body: Readable): Promise<void> {
    upload.files += 1;
    if (upload.files > this.#limits.files) {
      throw new AppError('upload-refused', `A study may have at most ${this.#limits.files} files.`);
    }
    const handle = await create(path, index);
    await pipeline(body, this.#counting(upload), handle.createWriteStream());
  }

  /** Folder of the files behind `upload:<id>`; undefined where nothing was received under it. */
  folderOf(uploadId: string): string | undefined {
    return this.#uploads.has(uploadId) ? join(this.#own.path, uploadId) : undefined;
  }

  /** What to open of an upload: its folder, or its file where it is a single one: a zip is opened by itself. */
  pathOf(uploadId: string): string | undefined {
    const folder = this.folderOf(uploadId);
    if (folder === undefined) return undefined;
    const [only, ...others] = readdirSync(folder, { withFileTypes: true });
    return only?.isFile() && others.length === 0 ? join(folder, only.name) : folder;
  }

  async remove(uploadId: string): Promise<void> {
    if (!UPLOAD_ID.test(uploadId)) return;
    const { receiving = new Map<Readable, Promise<void>>() } = this.#uploads.get(uploadId) ?? {};
    this.#uploads.delete(uploadId);
    this.#gone.add(uploadId);
    for (const body of receiving.keys()) body.destroy();
    await Promise.allSettled(receiving.values());
    await rm(join(this.#own.path, uploadId), { recursive: true, force: true });
  }

  /** Removes what this process holds. Synchronous: it is the last thing that an ending process does. */
  removeAll(): void {
    this.#uploads.clear();
    this.#own.remove();
  }

  #counting(upload: Upload): Transform {
    const { bytes } = this.#limits;
    return new Transform({
      transform(chunk: Buffer, _encoding, done) {
        upload.bytes += chunk.length;
        if (upload.bytes > bytes) done(new AppError('upload-refused', 'The study is too large to be handed over.'));
        else done(null, chunk);
      },
    });
  }
}
