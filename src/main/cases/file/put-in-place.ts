import { constants } from 'node:fs';
import { copyFile, link, open, rename, rm, stat } from 'node:fs/promises';
import { logOf } from './look-before.ts';

const syncFile = async (path: string): Promise<void> => {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const isThere = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined)) !== undefined;

/** A second name for a file; a copy, where the file system knows no second names. Never over what is there. */
const keepAs = async (path: string, other: string): Promise<void> => {
  try {
    await link(path, other);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') throw error;
    await copyFile(path, other, constants.COPYFILE_EXCL);
    await syncFile(other);
  }
};

/**
 * Puts `incoming` in the place of `file`, which stays beside it under the name of `aside`, its log too. The history must be
 * closed. At no moment is there none: whatever ends this in between leaves the old one or the new one, or a new one beside
 * the log of the old, which the next opening refuses without touching either. Throws where nothing was changed; gives the
 * way back.
 */
export const putInPlace = async (file: string, incoming: string, aside: string): Promise<() => Promise<void>> => {
  const pairs = [
    [file, aside],
    [logOf(file), logOf(aside)],
  ] as const;
  const kept: string[] = [];
  try {
    for (const [from, to] of pairs) {
      if (!(await isThere(from))) continue;
      await keepAs(from, to);
      kept.push(to);
    }
    await rename(incoming, file);
  } catch (error) {
    for (const name of kept) await rm(name, { force: true });
    throw error;
  }
  const back = async () => {
    // The log first: beside the wrong file it is refused, while the file without it would be taken for whole.
    await rm(logOf(file), { force: true });
    if (kept.includes(logOf(aside))) await rename(logOf(aside), logOf(file));
    if (kept.includes(aside)) await rename(aside, file);
    else await rm(file, { force: true });
  };
  try {
    await rm(logOf(file), { force: true });
    return back;
  } catch (error) {
    await back();
    throw error;
  }
};
