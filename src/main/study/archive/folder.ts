/** Lists the files below a folder. */
import { type Dirent, realpathSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { SkippedFile } from '#shared/study/study.ts';
import { asRefusal, skippedFile } from '../scan/refusal.ts';

export interface ListedFile {
  path: string;
  /** Relative to the folder, with `/`. */
  file: string;
}

/** Far more than the largest study; keeps a whole disk that was picked by mistake from filling the memory. */
const mostFiles = 500_000;
const deepestFolder = 64;

/** Names that systems put beside data; nobody misses them in the list of what was left out. */
const isSystemFile = (name: string): boolean =>
  name === '.DS_Store' || name === 'Thumbs.db' || name === 'desktop.ini' || name.startsWith('._');

/**
 * All files below `root`, sorted by name. Symbolic links are followed, but no folder is entered twice, so that loops
 * end. Folders that cannot be read are told in `skipped`.
 */
export const listFolder = async (
  root: string,
  signal: AbortSignal,
): Promise<{ files: ListedFile[]; skipped: SkippedFile[] }> => {
  const files: ListedFile[] = [];
  const skipped: SkippedFile[] = [];
  const entered = new Set<string>([realpathSync(root)]);

  const skip = (file: string, error: unknown) => {
    skipped.push(skippedFile(file, asRefusal(error)));
  };

  const visitLink = async (path: string, file: string, depth: number): Promise<void> => {
    try {
      const target = await stat(path);
      if (target.isDirectory()) await visitOnce(path, file, depth);
      else if (target.isFile()) files.push({ path, file });
    } catch (error) {
      skip(file, error);
    }
  };

  const visitOnce = async (path: string, file: string, depth: number): Promise<void> => {
    const real = await realpath(path);
    if (entered.has(real) || depth > deepestFolder) return;
    entered.add(real);
    await visit(path, `${file}/`, depth);
  };

  const visit = async (folder: string, prefix: string, depth: number): Promise<void> => {
    signal.throwIfAborted();
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      skip(prefix, error);
      return;
    }
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (files.length >= mostFiles) return;
      const path = join(folder, entry.name);
      const file = `${prefix}${entry.name}`;
      if (entry.isFile()) {
        if (!isSystemFile(entry.name)) files.push({ path, file });
      } else if (entry.isDirectory()) await visitOnce(path, file, depth + 1);
      else if (entry.isSymbolicLink()) await visitLink(path, file, depth + 1);
    }
  };

  await visit(root, '', 0);
  return { files, skipped };
};
