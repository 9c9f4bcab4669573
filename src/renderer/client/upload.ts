/** Studies chosen or dropped in a browser: the files travel to the loopback host, which is on the same machine. */
import { AppError, errorShapeSchema, fromErrorShape } from '#shared/errors.ts';
import { answered } from './connection.ts';

export interface StudyFile {
  /** Path relative to what was chosen. */
  path: string;
  file: File;
}

const AT_ONCE = 4;

/** Sends every file and returns the path that `study.open` takes. Calls `onProgress` after each file. */
export const uploadStudy = async (
  files: StudyFile[],
  onProgress: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<string> => {
  const uploadId = crypto.randomUUID();
  // One that fails ends the others: a study without one of its files is not opened.
  const stop = new AbortController();
  const ended = AbortSignal.any([signal, stop.signal]);
  let next = 0;
  let done = 0;
  const sendSome = async () => {
    for (let index = next++; index < files.length; index = next++) {
      const entry = files[index];
      if (!entry) return;
      const response = await answered(() =>
        fetch(`/uploads/${uploadId}/${index}`, {
          method: 'POST',
          headers: { 'x-relative-path': encodeURIComponent(entry.path) },
          body: entry.file,
          signal: ended,
        }),
      );
      if (!response.ok) {
        const shape = errorShapeSchema.safeParse(await response.json().catch(() => undefined));
        throw shape.success
          ? fromErrorShape(shape.data)
          : new AppError(
              'upload-failed',
              'The files could not be handed to the application. Try to open the study again.',
            );
      }
      done += 1;
      onProgress(done, files.length);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, sendSome));
  } catch (error) {
    stop.abort();
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.');
    throw error;
  }
  return `upload:${uploadId}`;
};

const readAll = async (reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> => {
  const all: FileSystemEntry[] = [];
  // A reader hands out at most a hundred entries a call; an empty batch is the end.
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return all;
    all.push(...batch);
  }
};

const walk = async (entry: FileSystemEntry): Promise<StudyFile[]> => {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ''), file }];
  }
  const children = await readAll((entry as FileSystemDirectoryEntry).createReader());
  return (await Promise.all(children.map(walk))).flat();
};

export const filesOfDrop = async (transfer: DataTransfer): Promise<StudyFile[]> => {
  // The items are only valid during the event: take the entries before the first await.
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map(walk))).flat();
};
