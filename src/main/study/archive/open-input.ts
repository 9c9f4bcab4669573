/** Decides what kind of input a path is, by its bytes and not by its name. */
import { open, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { type ContainerKind, containerHeadBytes, containerKind } from '../bytes/container-kind.ts';
import { type InputFile, needsItsFolder, type StudyInput } from '../bytes/input.ts';
import { isZip } from '../bytes/zip-signature.ts';
import { hasDicomMagic } from '../scan/file-head.ts';
import { dicomdirInput, isDicomdir } from './dicomdir.ts';
import { DiskPace, diskFile } from './disk-file.ts';
import { listFolder } from './folder.ts';
import { gzipHead, gzippedFile } from './gzip.ts';
import { tarInput } from './tar.ts';
import { zipInput } from './zip.ts';
import { zipSpan } from './zip-span.ts';

const firstBytes = async (path: string): Promise<Uint8Array> => {
  const handle = await open(path, 'r');
  try {
    const bytes = new Uint8Array(containerHeadBytes);
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
    files: files.map(({ path: place, file }) => {
      const onDisk = diskFile(place, file, pace);
      return /\.gz$/i.test(file) ? gzippedFile(onDisk) : onDisk;
    }),
    skipped,
    notes: [],
    close: async () => {},
  };
};

const single = (file: InputFile): StudyInput => ({ files: [file], skipped: [], notes: [], close: async () => {} });

const holdsZip = async (path: string): Promise<boolean> => {
  const handle = await open(path, 'r');
  try {
    return (await zipSpan(handle, (await handle.stat()).size)) !== undefined;
  } finally {
    await handle.close();
  }
};

const notSupported = (kind: ContainerKind): AppError =>
  new AppError(
    'archive-not-supported',
    `This is a file of type ${kind}, which haicast does not open. Unpack it, or mount it, and open the folder.`,
    { params: { kind } },
  );

const fileInput = async (path: string, head: Uint8Array, signal: AbortSignal): Promise<StudyInput> => {
  if (isDicomdir(head)) {
    const mayRead = process.permission?.has('fs.read', dirname(path)) ?? true;
    if (!mayRead) throw new AppError(needsItsFolder, 'A DICOMDIR needs the folder that it stands in.');
    return await dicomdirInput(path, signal);
  }
  const file = diskFile(path, basename(path), new DiskPace());
  if (hasDicomMagic(head)) return single(file);
  if (isZip(head)) return await zipInput(path);
  const kind = containerKind(head);
  if (kind === 'tar') return await tarInput(path, signal);
  if (kind === 'gzip')
    return containerKind(gzipHead(head)) === 'tar' ? await tarInput(path, signal) : single(gzippedFile(file));
  if (kind !== undefined) throw notSupported(kind);
  return (await holdsZip(path)) ? await zipInput(path) : single(file);
};

/** Opens a folder, a zip, a tar, a DICOMDIR or a single file, also one packed with gzip. Throws `AppError('cannot-open')` where the path itself fails. */
export const openInput = async (path: string, signal: AbortSignal): Promise<StudyInput> => {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return await folderInput(path, signal);
    // Pipes and devices would be read for ever.
    if (!stats.isFile()) throw new AppError('cannot-open', 'This is neither a file nor a folder. Choose another one.');
    return await fileInput(path, await firstBytes(path), signal);
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
