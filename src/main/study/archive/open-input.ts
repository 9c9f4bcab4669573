/** Decides what kind of input a path is, by its bytes and not by its name. */
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { StudyInput } from '../bytes/input.ts';
import { isZip } from '../bytes/zip-signature.ts';
import { dicomdirInput, isDicomdir } from './dicomdir.ts';
import { DiskPace, diskFile } from './disk-file.ts';
import { listFolder } from './folder.ts';
import { zipInput } from './zip.ts';

const firstBytes = async (path: string): Promise<Uint8Array> => {
  const handle = await open(path, 'r');
  try {
    const bytes = new Uint8Array(4096);
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
};

const folderInput = async (path: string, signal: AbortSignal): Promise<StudyInput> => {
  const { files, skipped } = await listFolder(path, signal);
  const pace = new DiskPace();
  return {
    files: files.map((listed) => diskFile(listed.path, listed.file, pace)),
    skipped,
    notes: [],
    close: async () => {},
  };
};

/** Opens a folder, a zip, a DICOMDIR or a single file. Throws `AppError('cannot-open')` where the path itself fails. */
export const openInput = async (path: string, signal: AbortSignal): Promise<StudyInput> => {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return await folderInput(path, signal);
    // Pipes and devices would be read for ever.
    if (!stats.isFile()) throw new AppError('cannot-open', 'This is neither a file nor a folder. Choose another one.');
    const head = await firstBytes(path);
    if (isZip(head)) return await zipInput(path);
    if (isDicomdir(head)) return await dicomdirInput(path, signal);
    return { files: [diskFile(path, basename(path), new DiskPace())], skipped: [], notes: [], close: async () => {} };
  } catch (error) {
    if (error instanceof AppError || (error instanceof Error && error.name === 'AbortError')) throw error;
    const code = (error as { code?: unknown }).code;
    throw new AppError(
      'cannot-open',
      code === 'ENOENT'
        ? 'There is nothing at this place any more. Check that the disk or network drive is connected, and choose it again.'
        : 'This cannot be opened. Check that it may be read, and choose it again.',
      { detail: typeof code === 'string' ? code : String(error) },
    );
  }
};
