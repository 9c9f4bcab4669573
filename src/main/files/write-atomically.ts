import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Owner only: these files hold keys and settings of one person. */
const PRIVATE_MODE = 0o600;

const errorCode = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** Makes a rename in it last. */
export const syncFolder = (folder: string): void => {
  // Windows cannot open a folder for this; its file systems journal the rename.
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const writeBeside = (file: string, content: string | Uint8Array): string => {
  const temporary = `${file}.${randomUUID()}.tmp`;
  const handle = openSync(temporary, 'wx', PRIVATE_MODE);
  try {
    writeFileSync(handle, content, 'utf8');
    fsyncSync(handle);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    closeSync(handle);
  }
  return temporary;
};

/**
 * Puts `content` in place of the file (mode 0600): a reader, or the next start after a crash, sees the old or the new one whole.
 * A link of this name is replaced, and what it leads to left alone.
 */
export const writeAtomically = (file: string, content: string | Uint8Array): void => {
  const temporary = writeBeside(file, content);
  try {
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
};

/** The same for a file that must not exist yet; throws `EEXIST` where it does, and leaves that one alone. */
export const createAtomically = (file: string, content: string | Uint8Array): void => {
  const temporary = writeBeside(file, content);
  try {
    linkSync(temporary, file);
  } catch (error) {
    // File systems without hard links (FAT, some network shares): not atomic, but still never over another file.
    if (errorCode(error) === 'EEXIST') throw error;
    writeFileSync(file, content, { flag: 'wx', mode: PRIVATE_MODE });
  } finally {
    rmSync(temporary, { force: true });
  }
  syncFolder(dirname(file));
};
