import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { fromRandomAccessReaderPromise, RandomAccessReader } from 'yauzl';
import { zipStream } from '../../../../src/main/files/zip-stream.ts';

const PART = Buffer.alloc(2 ** 26);
/** Beyond what 32 bits can say. */
const PARTS = 65;

async function* zeros(): AsyncGenerator<Uint8Array> {
  for (let n = 0; n < PARTS; n += 1) yield PART;
}

/** What was written, without the zeros, which nobody has to hold. */
class Sparse extends RandomAccessReader {
  readonly #pieces: { at: number; bytes: Buffer }[] = [];
  size = 0;

  add(bytes: Uint8Array): void {
    if (bytes !== PART) this.#pieces.push({ at: this.size, bytes: Buffer.from(bytes) });
    this.size += bytes.length;
  }

  override _readStreamForRange(from: number, to: number): Readable {
    const wanted = Buffer.alloc(to - from);
    for (const { at, bytes } of this.#pieces) {
      const start = Math.max(at, from);
      const end = Math.min(at + bytes.length, to);
      if (start < end) bytes.copy(wanted, start - from, start - at, end - at);
    }
    return Readable.from([wanted]);
  }
}

test('a file beyond 4 GiB is written in parts, with its sizes in 64 bits, and so is where the next one lies', async () => {
  const written = new Sparse();
  const entries = [
    { name: 'large', parts: zeros },
    { name: 'next', read: async () => Buffer.from('behind it') },
  ];
  for await (const part of zipStream(entries)) written.add(part);
  const zip = await fromRandomAccessReaderPromise(written, written.size, { autoClose: false });
  const found = [];
  for await (const entry of zip.eachEntry()) found.push(entry);
  expect(found.map(({ fileName, uncompressedSize }) => [fileName, uncompressedSize])).toStrictEqual([
    ['large', PART.length * PARTS],
    ['next', 9],
  ]);
  const [large, next] = found;
  if (!large || !next) throw new Error('unreachable');
  const local = await zip.readLocalFileHeaderPromise(large);
  expect([local.fileName.toString(), local.extraField.readBigUInt64LE(4)]).toStrictEqual([
    'large',
    BigInt(PART.length * PARTS),
  ]);
  const parts: Buffer[] = [];
  for await (const part of await zip.openReadStreamPromise(next)) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString()).toBe('behind it');
  zip.close();
});
