/**
 * A zip of files that are stored as they are (pixels hardly shrink), written while it is read: one file in memory at a
 * time. Follows PKWARE's APPNOTE 6.3: local headers 4.3.7, central directory 4.3.12, ZIP64 4.3.14 and 4.5.3 where the
 * archive grows beyond 4 GiB or 65 535 files.
 */
import { crc32 } from 'node:zlib';

export interface ZipEntry {
  /** Relative, with forward slashes. */
  name: string;
  /** At most 4 GiB − 1 byte. */
  read: () => Promise<Uint8Array>;
}

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

const localHeader = ({ name, crc, size }: Stored): Buffer =>
  Buffer.concat([
    fields([0x04034b50, 4], [plainVersion, 2], [utf8Flag, 2], [0, 2], [0, 2], [date, 2]),
    fields([crc, 4], [size, 4], [size, 4], [name.length, 2], [0, 2]),
    name,
  ]);

const centralHeader = ({ name, crc, size, offset }: Stored): Buffer => {
  const far = offset >= most32;
  const extra = far ? fields([1, 2], [8, 2], [offset, 8]) : Buffer.alloc(0);
  const version = far ? zip64Version : plainVersion;
  return Buffer.concat([
    fields([0x02014b50, 4], [version, 2], [version, 2], [utf8Flag, 2], [0, 2], [0, 2], [date, 2]),
    fields([crc, 4], [size, 4], [size, 4], [name.length, 2], [extra.length, 2], [0, 2], [0, 2], [0, 2], [0, 4]),
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

export async function* zipStream(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = [];
  let at = 0;
  for await (const { name, read } of entries) {
    const bytes = await read();
    const stored: Stored = { name: Buffer.from(name, 'utf-8'), crc: crc32(bytes), size: bytes.length, offset: at };
    const header = localHeader(stored);
    yield header;
    yield bytes;
    directory.push(centralHeader(stored));
    at += header.length + bytes.length;
  }
  const central = Buffer.concat(directory);
  yield central;
  yield ending(directory.length, at, central.length);
}
