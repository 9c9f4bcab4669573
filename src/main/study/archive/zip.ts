/** A zip as an input: entries are inflated as a stream and only as far as they are needed, never to disk. */
import { open } from 'node:fs/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { type Entry, fromRandomAccessReaderPromise, openPromise, type ZipFile } from 'yauzl';
import { AppError } from '#shared/errors.ts';
import { refusalSentence } from '#shared/study/messages/refusals.ts';
import type { SkippedFile } from '#shared/study/study.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import type { InputFile, StudyInput } from '../bytes/input.ts';
import { Refusal, skippedFile } from '../scan/refusal.ts';
import { unsafeName } from './entry-name.ts';
import { EntryStream } from './entry-stream.ts';
import { nameReader } from './file-name.ts';
import { isSystemPath } from './folder.ts';
import { repeatedNamesNote } from './repeated-names.ts';
import { defaultZipLimits, refuseArchive, type ZipLimits } from './zip-limits.ts';
import { SpanReader, zipSpan } from './zip-span.ts';

const slash = 0x2f;

/** Why an entry is left out before anything of it is read. */
const entryProblem = (name: string, entry: Entry, limits: ZipLimits, archiveBytes: number): Refusal | undefined => {
  const unsafe = unsafeName(name);
  if (unsafe) return new Refusal('unsafe-name', unsafe);
  if (entry.relativeOffsetOfLocalHeader + entry.compressedSize > archiveBytes) {
    return new Refusal('archive-entry', refusalSentence('entry-damaged'));
  }
  if (entry.isEncrypted()) {
    return new Refusal('archive-entry', refusalSentence('entry-encrypted'));
  }
  if (!entry.canDecodeFileData()) {
    return new Refusal('archive-entry', refusalSentence('entry-compression', { method: entry.compressionMethod }));
  }
  if (entry.uncompressedSize > limits.entryBytes) {
    const megabytes = Math.floor(limits.entryBytes / 1024 ** 2);
    return new Refusal('too-large', refusalSentence('entry-too-large', { megabytes }));
  }
  if (
    entry.uncompressedSize > limits.ratioFreeBytes &&
    entry.uncompressedSize > limits.ratio * Math.max(1, entry.compressedSize)
  ) {
    return new Refusal('too-large', refusalSentence('entry-bomb', { ratio: limits.ratio }));
  }
  return undefined;
};

const readEntries = async (zip: ZipFile, limits: ZipLimits): Promise<Entry[]> => {
  if (zip.entryCount > limits.entries) refuseArchive(`The archive has ${zip.entryCount} entries.`);
  const entries: Entry[] = [];
  let inflated = 0;
  for await (const entry of zip.eachEntry()) {
    if (entries.length >= limits.entries) refuseArchive(`The archive has more than ${limits.entries} entries.`);
    inflated += entry.uncompressedSize;
    if (inflated > limits.totalBytes) {
      refuseArchive(`The archive unpacks to more than ${Math.floor(limits.totalBytes / 1024 ** 3)} GB.`);
    }
    entries.push(entry);
  }
  if (inflated > limits.ratioFreeBytes && inflated > limits.ratio * zip.fileSize) {
    refuseArchive(`The archive unpacks to more than ${limits.ratio} times its own size.`);
  }
  return entries;
};

const damaged = (error: unknown): never => {
  if (error instanceof Refusal) throw error;
  throw new Refusal('archive-entry', refusalSentence('entry-damaged'));
};

const readEntry = async <T>(
  zip: ZipFile,
  entry: Entry,
  file: string,
  use: (source: ByteSource) => Promise<T>,
): Promise<T> => {
  const stream = new EntryStream(() => zip.openReadStreamPromise(entry), entry.uncompressedSize, {
    crc32: entry.crc32,
  });
  try {
    const result = await use({
      file,
      size: entry.uncompressedSize,
      head: (length) => stream.head(length).catch(damaged),
      read: (offset, length) => stream.read(offset, length).catch(damaged),
    });
    await stream.finish().catch(damaged);
    return result;
  } finally {
    stream.destroy();
  }
};

/**
 * Entries are read in turn: yauzl queues the reads of all its streams, and a stream that is destroyed while its read
 * still waits takes the process down. An image is destroyed as soon as its header is known.
 */
const zipFile = (zip: ZipFile, entry: Entry, file: string, inTurn: LimitFunction): InputFile => ({
  file,
  open: (use) => inTurn(() => readEntry(zip, entry, file, use)),
});

const readerOptions = { autoClose: false, lazyEntries: true, decodeStrings: false };

/** A whole file as it is; of one with bytes before or behind, a comment included, the part that is the zip. */
const openZip = async (path: string): Promise<ZipFile> => {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const span = await zipSpan(handle, size);
    if (!span) throw new Error('no end of central directory, or none that fits the file');
    if (span.start > 0 || span.end < size) {
      return await fromRandomAccessReaderPromise(new SpanReader(handle, span), span.end - span.start, readerOptions);
    }
  } catch (error) {
    await handle.close();
    throw error;
  }
  await handle.close();
  return await openPromise(path, readerOptions);
};

/** Throws `AppError('unsafe-archive')` for a bomb and `AppError('bad-archive')` for a damaged archive. */
export const zipInput = async (path: string, limits: ZipLimits = defaultZipLimits): Promise<StudyInput> => {
  let zip: ZipFile | undefined;
  try {
    zip = await openZip(path);
    const opened = zip;
    const entries = await readEntries(opened, limits);
    const inTurn = pLimit(1);
    const skipped: SkippedFile[] = [];
    const files: InputFile[] = [];
    // Names without the UTF-8 flag are in the writer's own code page; Chinese Windows writes GBK.
    const readName = nameReader(entries.map(({ fileNameRaw }) => fileNameRaw));
    for (const entry of entries) {
      if (entry.fileNameRaw.at(-1) === slash) continue;
      const name = readName(entry.fileNameRaw);
      if (isSystemPath(name)) continue;
      const problem = entryProblem(name, entry, limits, opened.fileSize);
      if (problem) skipped.push(skippedFile(name, problem));
      else files.push(zipFile(opened, entry, name, inTurn));
    }
    files.sort((a, b) => (a.file < b.file ? -1 : 1));
    return { files, skipped, notes: repeatedNamesNote(files), close: async () => opened.close() };
  } catch (error) {
    zip?.close();
    if (error instanceof AppError) throw error;
    throw new AppError('bad-archive', 'The zip archive is damaged and cannot be read. Copy it again from its source.', {
      detail: error instanceof Error ? error.message : String(error),
    });
  }
};
