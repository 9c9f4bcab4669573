/** Reads the headers of all files of an input, several at a time. One bad file never stops the others. */
import type { SkippedFile } from '#shared/study/study.ts';
import type { InputFile } from '../bytes/input.ts';
import type { ImageRecord } from '../records.ts';
import { distinctImages, type StudyRemark } from './copies.ts';
import { HeadLength, readImageRecords } from './read-file.ts';
import { asRefusal, skippedFile } from './refusal.ts';
import { settleText } from './settle-text.ts';

/** Enough to keep a network share busy; more only costs buffers. */
const filesAtOnce = 16;
const progressEvery = 32;

export interface ScanOptions {
  signal: AbortSignal;
  progress: (phase: string, done: number, total: number) => void;
}

export interface ScanResult {
  images: ImageRecord[];
  skipped: SkippedFile[];
  /** What the comparison of files found out about their studies. */
  remarks: StudyRemark[];
}

export const scanFiles = async (files: readonly InputFile[], options: ScanOptions): Promise<ScanResult> => {
  const perFile: (ImageRecord[] | undefined)[] = new Array(files.length);
  const refused: (SkippedFile | undefined)[] = new Array(files.length);
  const headLength = new HeadLength();
  let next = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < files.length; index = next++) {
      options.signal.throwIfAborted();
      const input = files[index];
      if (!input) continue;
      try {
        perFile[index] = await input.open((source) => readImageRecords(source, index, headLength));
      } catch (error) {
        refused[index] = skippedFile(input.file, asRefusal(error));
      }
      done++;
      if (done % progressEvery === 0) {
        options.progress('scan', done, files.length);
        // Reads of a fast disk never wait: without a pause, no message to cancel would ever be seen.
        await new Promise(setImmediate);
      }
    }
  };
  options.progress('scan', 0, files.length);
  await Promise.all(Array.from({ length: Math.min(filesAtOnce, files.length) }, work));
  options.progress('scan', files.length, files.length);
  const skipped = refused.filter((entry) => entry !== undefined);
  const distinct = await distinctImages(perFile, files, options.signal);
  const { images, remarks } = settleText(distinct.images);
  return { images, skipped: [...skipped, ...distinct.skipped], remarks: [...remarks, ...distinct.remarks] };
};
