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

const isEmpty = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.size === 0;

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

/** In a folder that cannot be written any more they stay, and what failed is what is told. */
const removeAll = async (names: readonly string[]): Promise<void> => {
  for (const name of names) await rm(name, { force: true }).catch(() => undefined);
};

/** The file goes back to its log, which is still there. */
const putBackFrom = async (aside: string, file: string): Promise<void> => {
  if (await isThere(aside)) await rename(aside, file);
  else await rm(file, { force: true });
};

/**
 * Puts `incoming` in the place of `file`, which stays beside it under the name of `aside`, its log too. The history must be
 * closed. At no moment is there none: whatever ends this in between leaves the old one or the new one, or a new one beside
 * the log of the old, which the next opening refuses without touching either. Throws where nothing was changed.
 */
export const putInPlace = async (file: string, incoming: string, aside: string): Promise<void> => {
  const log = logOf(file);
  // A closed history has an empty one where its folder could not be written just then. It holds nothing, and goes while there is
  // nothing yet to take back: that may fail, too.
  if (await isEmpty(log)) await rm(log);
  const pairs = [
    [file, aside],
    [log, logOf(aside)],
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
    await removeAll(kept);
    throw error;
  }
  try {
    await rm(log, { force: true });
  } catch (error) {
    await putBackFrom(aside, file);
    await removeAll(kept);
    throw error;
  }
};
