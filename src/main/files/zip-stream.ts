/**
 * A zip of files that are stored as they are (pixels hardly shrink), written while it is read: one file in memory at a
 * time, and a large one in parts. Follows PKWARE's APPNOTE 6.3: local headers 4.3.7, central directory 4.3.12, ZIP64 4.3.14 and 4.5.3 where the
 * archive, or a file, grows beyond 4 GiB or there are more than 65 535 files.
 */
import { crc32 } from 'node:zlib';

/** `name`: relative, with forward slashes. */
export type ZipEntry =
  | { name: string; read: () => Promise<Uint8Array> }
  /** Gone through twice: for its sum, which stands before it, and to be written. */
  | { name: string; parts: () => AsyncIterable<Uint8Array> };

interface Stored {
  name: Buffer;
  crc: number;
  size: number;
  offset: number;
}

const most16 = 0xffff;
const most32 = 0xffffffff;
/** Names are UTF-8 (4.4.4, bit 11). */
const utf8Flag = 0x0800;
/** 1980-01-01, the first day of a zip: when a copy was made is nobody's business. */
const date = 0x0021;
const plainVersion = 20;
const zip64Version = 45;

const fields = (...values: readonly [value: number, bytes: 2 | 4 | 8][]): Buffer => {
  const buffer = Buffer.alloc(values.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of values) {
    if (bytes === 8) buffer.writeBigUInt64LE(BigInt(value), at);
    else buffer.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return buffer;
};

const isLargeFile = ({ size }: Stored): boolean => size >= most32;

const localHeader = (stored: Stored): Buffer => {
  const { name, crc, size } = stored;
  const isLarge = isLargeFile(stored);
  const extra = isLarge ? fields([1, 2], [16, 2], [size, 8], [size, 8]) : Buffer.alloc(0);
  const shown = Math.min(size, most32);
  const version = isLarge ? zip64Version : plainVersion;
  return Buffer.concat([
    fields([0x04034b50, 4], [version, 2], [utf8Flag, 2], [0, 2], [0, 2], [date, 2]),
    fields([crc, 4], [shown, 4], [shown, 4], [name.length, 2], [extra.length, 2]),
    name,
    extra,
  ]);
};

/** What does not fit into its own field: both sizes, then where it lies. */
const wideFields = (stored: Stored): Buffer => {
  const { size, offset } = stored;
  const wide: [number, 8][] = [
    ...(isLargeFile(stored)
      ? ([
          [size, 8],
          [size, 8],
        ] as [number, 8][])
      : []),
    ...(offset >= most32 ? ([[offset, 8]] as [number, 8][]) : []),
  ];
  return wide.length === 0 ? Buffer.alloc(0) : fields([1, 2], [wide.length * 8, 2], ...wide);
};

const centralHeader = (stored: Stored): Buffer => {
  const { name, crc, size, offset } = stored;
  const extra = wideFields(stored);
  const version = extra.length > 0 ? zip64Version : plainVersion;
  const shown = Math.min(size, most32);
  return Buffer.concat([
    fields([0x02014b50, 4], [version, 2], [version, 2], [utf8Flag, 2], [0, 2], [0, 2], [date, 2]),
    fields([crc, 4], [shown, 4], [shown, 4], [name.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2], [0, 4]),
    fields([Math.min(offset, most32), 4]),
    name,
    extra,
  ]);
};

const ending = (count: number, start: number, length: number): Buffer => {
  const isLarge = count >= most16 || start >= most32 || length >= most32;
  const large = Buffer.concat([
    fields([0x06064b50, 4], [44, 8], [zip64Version, 2], [zip64Version, 2], [0, 4], [0, 4]),
    fields([count, 8], [count, 8], [length, 8], [start, 8]),
    fields([0x07064b50, 4], [0, 4], [start + length, 8], [1, 4]),
  ]);
  const files = Math.min(count, most16);
  return Buffer.concat([
    ...(isLarge ? [large] : []),
    fields([0x06054b50, 4], [0, 2], [0, 2], [files, 2], [files, 2]),
    fields([Math.min(length, most32), 4], [Math.min(start, most32), 4], [0, 2]),
  ]);
};

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The entry with its bytes, to be gone through as often as one likes. */
const partsOf = async (entry: ZipEntry): Promise<() => AsyncIterable<Uint8Array>> => {
  if ('parts' in entry) return entry.parts;
  const bytes = await entry.read();
  return () => once(bytes);
};

export async function* zipStream(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let at = 0;
  for await (const entry of entries) {
    const parts = await partsOf(entry);
    const stored: Stored = { name: Buffer.from(entry.name, 'utf-8'), crc: 0, size: 0, offset: at };
    for await (const part of parts()) {
      stored.crc = crc32(part, stored.crc);
      stored.size += part.length;
    }
    const header = localHeader(stored);
    yield header;
    yield* parts();
    directory.push(centralHeader(stored));
    at += header.length + stored.size;
  }
  const central = Buffer.concat(directory);
  yield central;
  yield ending(directory.length, at, central.length);
}
