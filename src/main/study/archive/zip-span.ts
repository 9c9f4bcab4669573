/**
 * Where in a file a zip lies (APPNOTE.TXT 4.3.16). A self-extracting program stands in front of it, and a bad transfer or
 * a careless tool leaves bytes behind it; where its directory is sound, so is the archive.
 */
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';

/** Bytes of a file, from `start` to before `end`: from the first entry to the end record, without the comment. */
export interface Span {
  start: number;
  end: number;
}

const endRecord = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const endRecordBytes = 22;
const directoryEntry = Buffer.from([0x50, 0x4b, 0x01, 0x02]);
const locatorBytes = 20;
const zip64Locator = Buffer.from([0x50, 0x4b, 0x06, 0x07]);
/** A comment has at most 64 KB; as much again of rubbish behind it is looked through, and some more. */
const searchedBytes = 1024 ** 2;

const readAt = async (handle: FileHandle, position: number, length: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
};

const zip64EndRecord = Buffer.from([0x50, 0x4b, 0x06, 0x06]);
const zip64EndRecordBytes = 56;

/** Offsets of 64 bits may be beyond what the file system can even be asked for, which the reader does not look at. */
const isZip64Sound = async (handle: FileHandle, recordAt: bigint, end: number): Promise<boolean> => {
  if (recordAt + BigInt(zip64EndRecordBytes) > BigInt(end)) return false;
  const record = await readAt(handle, Number(recordAt), zip64EndRecordBytes);
  if (record.length < zip64EndRecordBytes || !record.subarray(0, 4).equals(zip64EndRecord)) return false;
  return record.readBigUInt64LE(48) + record.readBigUInt64LE(40) <= recordAt;
};

/** The archive that the end record at `at` of `tail` closes; undefined where no directory stands in front of it. */
const spanOf = async (handle: FileHandle, tail: Buffer, at: number, tailStart: number): Promise<Span | undefined> => {
  const directoryBytes = tail.readUInt32LE(at + 12);
  const directoryOffset = tail.readUInt32LE(at + 16);
  const position = tailStart + at;
  const end = position + endRecordBytes;
  if (end + tail.readUInt16LE(at + 20) > tailStart + tail.length) return undefined;
  const isZip64 = at >= locatorBytes && tail.subarray(at - locatorBytes, at - locatorBytes + 4).equals(zip64Locator);
  if (isZip64) {
    // Its offsets count from the beginning of the file, so that nothing can stand in front.
    return (await isZip64Sound(handle, tail.readBigUInt64LE(at - locatorBytes + 8), position))
      ? { start: 0, end }
      : undefined;
  }
  const directory = position - directoryBytes;
  const start = directory - directoryOffset;
  if (start < 0) return undefined;
  if (directoryBytes === 0) return { start, end };
  return (await readAt(handle, directory, 4)).equals(directoryEntry) ? { start, end } : undefined;
};

/**
 * The last zip of a file of `size` bytes that holds anything; undefined where there is none whose directory is sound. A
 * comment may hold what looks like the end of an empty one.
 */
export const zipSpan = async (handle: FileHandle, size: number): Promise<Span | undefined> => {
  const tailStart = Math.max(0, size - searchedBytes);
  const tail = await readAt(handle, tailStart, size - tailStart);
  let empty: Span | undefined;
  for (let at = tail.lastIndexOf(endRecord); at >= 0; at = at > 0 ? tail.lastIndexOf(endRecord, at - 1) : -1) {
    if (at + endRecordBytes > tail.length) continue;
    const span = await spanOf(handle, tail, at, tailStart);
    if (span && tail.readUInt32LE(at + 12) > 0) return span;
    empty ??= span;
  }
  return empty;
};

const chunkBytes = 64 * 1024;
const commentLengthBytes = 2;

/** Not a stream of the file system's: destroying one closes the file under all others. */
async function* chunks(handle: FileHandle, start: number, end: number, span: Span): AsyncGenerator<Buffer> {
  for (let at = start; at < end; ) {
    const chunk = await readAt(handle, at, Math.min(chunkBytes, end - at));
    if (chunk.length === 0) return;
    // The comment is not part of the span: nothing is left that its length could count.
    const lengthAt = span.end - commentLengthBytes - at;
    if (lengthAt < chunk.length) chunk.fill(0, Math.max(0, lengthAt));
    yield chunk;
    at += chunk.length;
  }
}

/** A part of a file, as the zip reader takes it. */
export class SpanReader extends RandomAccessReader {
  readonly #handle: FileHandle;
  readonly #span: Span;

  constructor(handle: FileHandle, span: Span) {
    super();
    this.#handle = handle;
    this.#span = span;
  }

  override _readStreamForRange(from: number, to: number): Readable {
    const { start } = this.#span;
    return Readable.from(chunks(this.#handle, start + from, start + to, this.#span), { objectMode: false });
  }

  override close(callback: (error: Error | null) => void): void {
    this.#handle.close().then(
      () => callback(null),
      (error: Error) => callback(error),
    );
  }
}
