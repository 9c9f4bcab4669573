/** A tar, packed with gzip or not, as an input. It has no directory, so that it is read once and kept in memory. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Parser, type ReadEntry } from 'tar';
import { AppError } from '#shared/errors.ts';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import type { SkippedFile } from '#shared/study/study.ts';
import type { InputFile, StudyInput } from '../bytes/input.ts';
import { Refusal, skippedFile } from '../scan/refusal.ts';
import { unsafeName } from './entry-name.ts';
import { isSystemPath } from './folder.ts';
import { heldFile } from './held-file.ts';
import { repeatedNamesNote } from './repeated-names.ts';
import { defaultZipLimits, refuseArchive, type ZipLimits } from './zip-limits.ts';

/** What is kept in memory; a liver study has some hundred megabytes. */
export const defaultTarLimits: ZipLimits = {
  ...defaultZipLimits,
  entryBytes: 512 * 1024 ** 2,
  totalBytes: 2 * 1024 ** 3,
};

class TarReader {
  readonly files: InputFile[] = [];
  readonly skipped: SkippedFile[] = [];
  readonly #limits: ZipLimits;
  readonly #packedBytes: number;
  #entries = 0;
  #unpackedBytes = 0;

  constructor(limits: ZipLimits, packedBytes: number) {
    this.#limits = limits;
    this.#packedBytes = packedBytes;
  }

  /** Throws `AppError('unsafe-archive')` where the archive as a whole is more than a study. */
  take(entry: ReadEntry): void {
    if (++this.#entries > this.#limits.entries)
      refuseArchive(`The archive has more than ${this.#limits.entries} entries.`);
    this.#unpackedBytes += entry.size;
    this.#checkTotal();
    const isFile = entry.type === 'File' || entry.type === 'OldFile' || entry.type === 'ContiguousFile';
    const problem = isFile && !isSystemPath(entry.path) ? this.#problem(entry) : undefined;
    if (problem) this.skipped.push(skippedFile(entry.path, problem));
    if (!isFile || isSystemPath(entry.path) || problem) {
      entry.resume();
      return;
    }
    const chunks: Buffer[] = [];
    entry.on('data', (chunk: Buffer) => chunks.push(chunk));
    entry.on('end', () => {
      const bytes = Buffer.concat(chunks);
      if (bytes.length === entry.size) this.files.push(heldFile(entry.path, bytes));
    });
  }

  #problem(entry: ReadEntry): Refusal | undefined {
    const unsafe = unsafeName(entry.path);
    if (unsafe) return new Refusal('unsafe-name', unsafe);
    if (entry.size <= this.#limits.entryBytes) return undefined;
    const megabytes = Math.floor(this.#limits.entryBytes / 1024 ** 2);
    return new Refusal('too-large', refusalSentence('entry-too-large', { megabytes }));
  }

  #checkTotal(): void {
    const { totalBytes, ratio, ratioFreeBytes } = this.#limits;
    if (this.#unpackedBytes > totalBytes) {
      refuseArchive(`The archive unpacks to more than ${Math.floor(totalBytes / 1024 ** 2)} MB.`);
    }
    if (this.#unpackedBytes > ratioFreeBytes && this.#unpackedBytes > ratio * this.#packedBytes) {
      refuseArchive(`The archive unpacks to more than ${ratio} times its own size.`);
    }
  }
}

const damaged = (error: unknown): AppError =>
  new AppError('bad-archive', 'The archive is damaged and cannot be read. Copy it again from its source.', {
    detail: error instanceof Error ? error.message : String(error),
  });

/** A tar has no checksum, so that what stands whole in front of a cut is as good as ever; gzip checks itself at its end. */
const isCut = (error: unknown): boolean =>
  error instanceof Error &&
  'tarCode' in error &&
  error.tarCode === 'TAR_BAD_ARCHIVE' &&
  error.message.includes('Truncated input');

/** @returns false where the archive ends before its end mark */
const parse = async (path: string, reader: TarReader, signal: AbortSignal): Promise<boolean> => {
  let failure: unknown;
  let sawEnd = false;
  const parser = new Parser({
    strict: true,
    onReadEntry: (entry) => {
      try {
        reader.take(entry);
      } catch (error) {
        failure ??= error;
        entry.resume();
      }
    },
  });
  parser.on('eof', () => {
    sawEnd = true;
  });
  parser.on('error', (error: unknown) => {
    if (!isCut(error) || reader.files.length === 0) failure ??= damaged(error);
  });
  const ended = once(parser, 'end').catch(() => undefined);
  for await (const chunk of createReadStream(path, { signal })) {
    if (!parser.write(chunk) && failure === undefined) await once(parser, 'drain');
    if (failure !== undefined) throw failure;
  }
  parser.end();
  await ended;
  if (failure !== undefined) throw failure;
  return sawEnd;
};

/** Throws `AppError('unsafe-archive')` for a bomb and `AppError('bad-archive')` for a damaged archive. */
export const tarInput = async (
  path: string,
  signal: AbortSignal,
  limits: ZipLimits = defaultTarLimits,
): Promise<StudyInput> => {
  const reader = new TarReader(limits, (await stat(path)).size);
  const isWhole = await parse(path, reader, signal);
  if (!isWhole) {
    reader.skipped.push(skippedFile(basename(path), new Refusal('truncated', refusalSentence('archive-cut'))));
  }
  const files = reader.files.sort((a, b) => (a.file < b.file ? -1 : 1));
  return { files, skipped: reader.skipped, notes: repeatedNamesNote(files), close: async () => {} };
};
