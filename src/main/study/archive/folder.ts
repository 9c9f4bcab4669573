/** Lists the files below a folder. */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { type RefusalReason, refusalSentence } from '#shared/study/messages/refusals.ts';
import type { SkippedFile } from '#shared/study/study.ts';
import { asRefusal, Refusal, skippedFile } from '../scan/refusal.ts';
import { nameReader } from './file-name.ts';

export interface ListedFile {
  /** As bytes: a name need not be UTF-8, and a path that was decoded does not lead back to its file. */
  path: Buffer;
  /** Relative to the folder, with `/`, for people. */
  file: string;
}

export interface FolderLimits {
  files: number;
  /** Folders below the one that was chosen. */
  depth: number;
}

/** Far more than the largest study; keeps a whole disk that was picked by mistake from filling the memory. */
export const defaultFolderLimits: FolderLimits = { files: 500_000, depth: 256 };

/** Names that systems put beside data; nobody misses them in the list of what was left out. */
const isSystemFile = (name: string): boolean =>
  name === '.DS_Store' || name === 'Thumbs.db' || name === 'desktop.ini' || name.startsWith('._');

/** As `isSystemFile`, for a path within an archive. */
export const isSystemPath = (path: string): boolean => {
  const parts = path.split(/[/\\]/);
  return parts[0] === '__MACOSX' || isSystemFile(parts.at(-1) ?? '');
};

type Entry = Dirent<Buffer>;

const separator = Buffer.from(sep);
const below = (folder: Buffer, name: Buffer): Buffer => Buffer.concat([folder, separator, name]);

class FolderWalk {
  readonly files: ListedFile[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly #limits: FolderLimits;
  readonly #signal: AbortSignal;
  /** Real paths, hexadecimal. */
  readonly #entered = new Set<string>();
  #top: Buffer = Buffer.alloc(0);

  constructor(limits: FolderLimits, signal: AbortSignal) {
    this.#limits = limits;
    this.#signal = signal;
  }

  async from(root: string): Promise<void> {
    this.#top = await realpath(root, 'buffer');
    this.#entered.add(this.#top.toString('hex'));
    await this.#visit(Buffer.from(root), '', 0);
  }

  #leaveOut(file: string, code: 'too-large' | 'link', reason: RefusalReason): void {
    this.skipped.push(skippedFile(file, new Refusal(code, reason)));
  }

  async #visit(folder: Buffer, prefix: string, depth: number): Promise<void> {
    this.#signal.throwIfAborted();
    let entries: Entry[];
    try {
      entries = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    } catch (error) {
      this.skipped.push(skippedFile(prefix, asRefusal(error)));
      return;
    }
    const read = nameReader(entries.map(({ name }) => name));
    const shown = entries.map((entry) => ({ entry, name: read(entry.name) }));
    shown.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : Buffer.compare(a.entry.name, b.entry.name)));
    for (const [index, { entry, name }] of shown.entries()) {
      if (this.files.length >= this.#limits.files) {
        const rest = shown.length - index;
        this.#leaveOut(
          prefix || '.',
          'too-large',
          refusalSentence('too-many-files', { most: this.#limits.files, rest }),
        );
        return;
      }
      const path = below(folder, entry.name);
      if (entry.isFile()) this.#file(path, name, prefix);
      else if (entry.isDirectory()) await this.#folder(path, `${prefix}${name}`, depth + 1);
      else if (entry.isSymbolicLink()) await this.#link(path, name, prefix, depth + 1);
    }
  }

  #file(path: Buffer, name: string, prefix: string): void {
    if (!isSystemFile(name)) this.files.push({ path, file: `${prefix}${name}` });
  }

  async #folder(path: Buffer, file: string, depth: number): Promise<void> {
    if (depth > this.#limits.depth) {
      this.#leaveOut(`${file}/`, 'too-large', refusalSentence('too-deep', { most: this.#limits.depth }));
      return;
    }
    const real = (await realpath(path, 'buffer')).toString('hex');
    if (this.#entered.has(real)) return;
    this.#entered.add(real);
    await this.#visit(path, `${file}/`, depth);
  }

  async #link(path: Buffer, name: string, prefix: string, depth: number): Promise<void> {
    const file = `${prefix}${name}`;
    try {
      const target = await realpath(path, 'buffer');
      if (!this.#isInside(target)) {
        this.#leaveOut(file, 'link', refusalSentence('link-leads-out'));
        return;
      }
      const stats = await stat(path);
      if (stats.isDirectory()) await this.#folder(path, file, depth);
      else if (stats.isFile()) this.#file(path, name, prefix);
    } catch (error) {
      this.skipped.push(skippedFile(file, asRefusal(error)));
    }
  }

  #isInside(target: Buffer): boolean {
    if (target.equals(this.#top)) return true;
    const prefix = Buffer.concat([this.#top, separator]);
    return target.subarray(0, prefix.length).equals(prefix);
  }
}

/**
 * All files below `root`, sorted by name. Links are followed within `root` and never out of it: what a link shows was
 * not chosen by the person who chose the folder. No folder is entered twice, so that loops end. What is left out, for
 * its place or its number, is told in `skipped`.
 */
export const listFolder = async (
  root: string,
  signal: AbortSignal,
  limits: FolderLimits = defaultFolderLimits,
): Promise<{ files: ListedFile[]; skipped: SkippedFile[] }> => {
  const walk = new FolderWalk(limits, signal);
  await walk.from(root);
  return { files: walk.files, skipped: walk.skipped };
};
