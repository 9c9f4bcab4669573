import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '#shared/api.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { imageIdOf, parseImageId } from '../../../../../src/renderer/viewer/cornerstone/image-ids.ts';
import {
  fetchFirstSlice,
  fetchSlice,
  fetchVolume,
} from '../../../../../src/renderer/viewer/cornerstone/volume-fetch.ts';
import {
  heldBytes,
  holdOnce,
  holdVolume,
  putWhole,
  releaseVolume,
  reserve,
  setImageBudget,
  showSlice,
  slicePixels,
  storedSeries,
  storedVolume,
  whenForgotten,
} from '../../../../../src/renderer/viewer/cornerstone/volume-store.ts';
import { pixelsOf, sliceOf } from '../../../../../src/renderer/viewer/cornerstone/voxels.ts';

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
    expect(() => sliceOf(info, new ArrayBuffer(10))).toThrow(/incomplete/);
  });

  it('takes a slice of larger numbers for what it is', () => {
    expect(sliceOf(info, new ArrayBuffer(12))).toBeInstanceOf(Int16Array);
    expect(sliceOf(info, Float32Array.from([1, 2, 3, 4, 5, 70_000]).buffer)[5]).toBe(70_000);
  });

  it('frees a volume with its last holder', () => {
    const volume = { info, pixels: values.slice() };
    holdVolume(key, volume);
    holdVolume(key, volume);
    releaseVolume(key);
    expect(storedVolume(key)).toBe(volume);
    releaseVolume(key);
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
    expect(storedVolume(key)).toBe(volume);
    releaseVolume(key);
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

describe('the budget', () => {
  const SERIES = 24;
  const SLICE = 12;
  const named = (seriesId: string) => ({ openId: 'o1', seriesId });
  const volumeOf = (seriesId: string) => ({ info: { ...info, seriesId }, pixels: values.slice() });
  const hold = (seriesId: string) => holdVolume(named(seriesId), volumeOf(seriesId));
  const forgotten: string[] = [];
  const client: Client = {
    call: async (name, input) =>
      (name === 'study.slice'
        ? { info: { ...info, ...named((input as { seriesId: string }).seriesId) }, slice: 1 }
        : { ok: true }) as never,
    on: () => undefined,
  };
  const first = (seriesId: string) =>
    fetchFirstSlice(named(seriesId), undefined, {
      client,
      jobId: 'j',
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });

  beforeEach(() => {
    forgotten.length = 0;
    whenForgotten((of, slices) => {
      for (const k of slices) forgotten.push(`${of.seriesId}/${k}`);
    });
    vi.stubGlobal('fetch', async () => new Response(values.slice(0, 6).buffer));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    setImageBudget(512 * 1024 ** 2);
    expect(heldBytes(), 'each test lets go of what it held').toBe(0);
  });

  it('keeps what is not shown any more for who comes back, and lets go of what was seen longest ago first', () => {
    setImageBudget(3 * SERIES);
    for (const seriesId of ['a', 'b', 'shown']) hold(seriesId);
    releaseVolume(named('b'));
    releaseVolume(named('a'));
    hold('b');
    releaseVolume(named('b'));
    expect(storedVolume(named('a'))).toBeDefined();
    const giveBack = reserve(SERIES);
    expect(giveBack).toBeDefined();
    expect(storedVolume(named('a')), 'seen before b').toBeUndefined();
    expect(storedVolume(named('b'))).toBeDefined();
    expect(forgotten).toEqual(['a/0', 'a/1']);
    giveBack?.();
    releaseVolume(named('shown'));
    expect(storedVolume(named('b')), 'nothing of the study is shown any more').toBeUndefined();
  });

  it('never lets go of what is shown, and promises no room that is not there', () => {
    setImageBudget(2 * SERIES);
    hold('a');
    hold('b');
    expect(reserve(1)).toBeUndefined();
    expect(storedVolume(named('a'))).toBeDefined();
    expect(storedVolume(named('b'))).toBeDefined();
    releaseVolume(named('a'));
    const giveBack = reserve(SERIES);
    expect(reserve(1), 'the room is taken').toBeUndefined();
    giveBack?.();
    giveBack?.();
    expect(heldBytes()).toBe(SERIES);
    releaseVolume(named('b'));
  });

  it('holds single slices, of which those that are not shown go first', async () => {
    setImageBudget(2 * SLICE);
    const series = await first('a');
    const pane = {};
    showSlice(named('a'), pane, 1);
    expect(series.whole).toBeUndefined();
    expect(series.slice(0)).toBeUndefined();
    await fetchSlice(named('a'), 0);
    expect(series.slice(0)).toHaveLength(6);
    const other = await first('b');
    expect(heldBytes()).toBe(2 * SLICE);
    expect(series.slice(0), 'nobody shows it').toBeUndefined();
    expect(series.slice(1)).toHaveLength(6);
    expect(other.slice(1)).toHaveLength(6);
    releaseVolume(named('a'));
    releaseVolume(named('b'));
  });

  it('keeps the slice that is shown, and none beside it, where there is room for no other', async () => {
    setImageBudget(SLICE);
    const series = await first('a');
    showSlice(named('a'), {}, 1);
    await fetchSlice(named('a'), 0);
    expect(series.slice(1)).toHaveLength(6);
    expect(series.slice(0)).toBeUndefined();
    setImageBudget(SLICE - 1);
    showSlice(named('a'), {}, 0);
    await fetchSlice(named('a'), 0);
    expect(series.slice(0), 'what is shown is there, whatever the budget').toHaveLength(6);
    releaseVolume(named('a'));
  });

  it('asks once for a slice that two panes wait for', async () => {
    const fetched = vi.fn(async () => new Response(values.slice(0, 6).buffer));
    vi.stubGlobal('fetch', fetched);
    await first('a');
    await Promise.all([fetchSlice(named('a'), 0), fetchSlice(named('a'), 0)]);
    expect(fetched.mock.calls).toEqual([
      ['/volumes/o1/x/1', {}],
      ['/volumes/o1/x/0', {}],
    ]);
    releaseVolume(named('a'));
  });

  it('has the whole in the place of its slices, for those that hold it by a slice', async () => {
    const series = await first('a');
    putWhole(named('a'), volumeOf('a'));
    expect(heldBytes()).toBe(SERIES);
    expect([...(series.slice(1) ?? [])]).toEqual([...values.slice(6)]);
    releaseVolume(named('a'));
  });

  it('refuses to load a whole series beside those that are shown, and holds nothing of it', async () => {
    setImageBudget(SERIES + SLICE);
    hold('a');
    const call = async () => ({ ...info, seriesId: 'b' }) as never;
    const options = {
      client: { ...client, call },
      jobId: 'j',
      signal: new AbortController().signal,
      onProgress: () => undefined,
    };
    await expect(fetchVolume(named('b'), options)).rejects.toMatchObject({ code: 'images-beyond-budget' });
    expect(storedSeries(named('b'))).toBeUndefined();
    expect(heldBytes()).toBe(SERIES);
    releaseVolume(named('a'));
  });

  it('keeps nothing that the page made itself', () => {
    hold('a');
    holdOnce(named('made'), volumeOf('made'));
    releaseVolume(named('made'));
    expect(storedVolume(named('made'))).toBeUndefined();
    releaseVolume(named('a'));
  });
});
