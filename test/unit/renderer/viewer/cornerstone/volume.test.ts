import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '#shared/api.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { fetchVolume } from '../../../../../src/renderer/viewer/cornerstone/volume-fetch.ts';
import {
  holdVolume,
  imageIdOf,
  parseImageId,
  pixelsOf,
  releaseVolume,
  slicePixels,
  storedVolume,
} from '../../../../../src/renderer/viewer/cornerstone/volume-store.ts';

const key = { openId: 'o1', seriesId: '1.2.3#echo 2/2' };
const info: VolumeInfo = {
  ...key,
  shape: [2, 2, 3],
  dtype: 'int16',
  unplaced: 'test',
  sopInstanceUIDs: ['a', 'b'],
  window: { center: 0, width: 1 },
  range: { min: -3, max: 8 },
  invert: false,
  url: '/volumes/o1/x',
  bytes: 24,
};
const values = Int16Array.from({ length: 12 }, (_, i) => i - 3);

describe('volume store', () => {
  it('names images so that any series id survives', () => {
    expect(parseImageId(imageIdOf(key, 7))).toEqual({ ...key, slice: 7 });
    expect(parseImageId('wadors:else')).toBeUndefined();
  });

  it('views a slice without a copy', () => {
    const pixels = pixelsOf(info, values.slice().buffer);
    const slice = slicePixels({ info, pixels }, 1);
    expect([...slice]).toEqual([3, 4, 5, 6, 7, 8]);
    expect(slice.buffer).toBe(pixels.buffer);
  });

  it('refuses bytes that do not fit the shape', () => {
    expect(() => pixelsOf(info, new ArrayBuffer(22))).toThrow(/incomplete/);
  });

  it('frees a volume with its last holder', () => {
    const volume = { info, pixels: values.slice() };
    holdVolume(key, volume);
    holdVolume(key, volume);
    expect(releaseVolume(key)).toBeUndefined();
    expect(storedVolume(key)).toBe(volume);
    expect(releaseVolume(key)).toBe(volume);
    expect(storedVolume(key)).toBeUndefined();
  });
});

describe('fetchVolume', () => {
  afterEach(() => vi.unstubAllGlobals());

  const clientOf = (answer: () => Promise<VolumeInfo>, calls: string[] = []): Client => ({
    async call(name) {
      calls.push(name);
      // The two procedures that loading uses.
      return (name === 'study.volume' ? await answer() : { ok: true }) as never;
    },
    on: () => undefined,
  });
  const options = (client: Client, signal = new AbortController().signal) => {
    const seen: [number, number][] = [];
    return {
      seen,
      client,
      jobId: 'j',
      signal,
      onProgress: (p: { done: number; total: number }) => seen.push([p.done, p.total]),
    };
  };

  it('holds the decoded pixels and tells how far it is', async () => {
    vi.stubGlobal('fetch', async () => new Response(values.slice().buffer));
    const opts = options(clientOf(async () => info));
    const volume = await fetchVolume(key, opts);
    expect([...volume.pixels]).toEqual([...values]);
    expect(opts.seen.at(-1)).toEqual([24, 24]);
    expect(releaseVolume(key)).toBe(volume);
  });

  it.each([
    ['shorter', 10],
    ['longer', 14],
  ])('refuses a body %s than announced and holds nothing', async (_, numbers) => {
    vi.stubGlobal('fetch', async () => new Response(new Int16Array(numbers).buffer));
    await expect(fetchVolume(key, options(clientOf(async () => info)))).rejects.toMatchObject({
      code: 'volume-damaged',
    });
    expect(storedVolume(key)).toBeUndefined();
  });

  it('cancels the host’s job and holds nothing when it is given up', async () => {
    const abort = new AbortController();
    const calls: string[] = [];
    const loading = fetchVolume(
      key,
      options(
        clientOf(async () => {
          abort.abort();
          return info;
        }, calls),
        abort.signal,
      ),
    );
    await expect(loading).rejects.toMatchObject({ name: 'AbortError' });
    expect(calls).toEqual(['study.volume', 'job.cancel']);
    expect(storedVolume(key)).toBeUndefined();
  });
});
