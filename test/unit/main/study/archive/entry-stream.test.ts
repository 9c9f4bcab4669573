import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { EntryStream } from '../../../../../src/main/study/archive/entry-stream.ts';

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

/** A stream of chunks of seven bytes, and how many chunks were taken of each opening. */
const counted = () => {
  const taken: number[] = [];
  const open = async (): Promise<Readable> => {
    const opening = taken.push(0) - 1;
    const chunks = function* () {
      for (let at = 0; at < bytes.length; at += 7) {
        taken[opening] = (taken[opening] ?? 0) + 1;
        yield bytes.subarray(at, at + 7);
      }
    };
    return Readable.from(chunks(), { highWaterMark: 1 });
  };
  return { taken, open };
};
const large = { limits: { keptBytes: 100, steps: 2 } };

describe('EntryStream', () => {
  it('unpacks a head and no more', async () => {
    const { taken, open } = counted();
    const stream = new EntryStream(open, bytes.length);
    expect(await stream.head(20)).toEqual(bytes.subarray(0, 20));
    expect(await stream.head(25)).toEqual(bytes.subarray(0, 25));
    stream.destroy();
    // Four chunks are needed; a stream is at most a few ahead of its reader.
    expect(taken[0]).toBeLessThan(8);
  });

  it('reads forwards, across the head and behind it, in one pass', async () => {
    const { taken, open } = counted();
    const stream = new EntryStream(open, bytes.length, large);
    await stream.head(30);
    expect(await stream.read(5, 10)).toEqual(bytes.subarray(5, 15));
    expect(await stream.read(20, 30)).toEqual(bytes.subarray(20, 50));
    expect(await stream.read(50, 1)).toEqual(bytes.subarray(50, 51));
    expect(await stream.read(300, 700)).toEqual(bytes.subarray(300));
    expect(taken).toHaveLength(1);
  });

  it('steps back in a small entry for free, and in a large one by unpacking it again, a bounded number of times', async () => {
    const small = counted();
    const kept = new EntryStream(small.open, bytes.length);
    for (const offset of [900, 10, 500, 0]) {
      expect(await kept.read(offset, 40)).toEqual(bytes.subarray(offset, offset + 40));
    }
    expect(small.taken).toHaveLength(1);

    const again = counted();
    const stream = new EntryStream(again.open, bytes.length, large);
    for (const offset of [900, 500, 100]) {
      expect(await stream.read(offset, 40)).toEqual(bytes.subarray(offset, offset + 40));
    }
    expect(again.taken).toHaveLength(3);
    await expect(stream.read(0, 40)).rejects.toThrow(/another order.*Unpack the archive/);
  });

  it('goes on with the head after a read behind it', async () => {
    const { open } = counted();
    const stream = new EntryStream(open, bytes.length, large);
    await stream.head(10);
    await stream.read(600, 10);
    expect(await stream.head(300)).toEqual(bytes.subarray(0, 300));
  });

  it('says where an entry is shorter than it claims', async () => {
    const { open } = counted();
    const stream = new EntryStream(open, 2000, large);
    await expect(stream.read(990, 20)).rejects.toThrow('1010 bytes are needed, it has 1000');
    await expect(stream.read(1990, 20)).rejects.toThrow('2010 bytes are needed, it has 2000');
    expect(await stream.head(1500)).toHaveLength(1000);
  });
});
