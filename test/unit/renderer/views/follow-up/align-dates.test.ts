import { afterEach, expect, test, vi } from 'vitest';
import type { Client } from '#shared/api.ts';
import { alignDates } from '../../../../../src/renderer/views/follow-up/align-dates.ts';

const volume = { info: { geometry: {}, shape: [1, 1, 1] }, pixels: new Float32Array(1) };
vi.mock('../../../../../src/renderer/viewer/cornerstone/volume-fetch.ts', () => ({ fetchVolume: async () => volume }));
vi.mock('../../../../../src/renderer/viewer/cornerstone/volume-store.ts', () => ({ releaseVolume: () => undefined }));
vi.mock('../../../../../src/renderer/viewer/cornerstone/image-loader.ts', () => ({ forgetImages: () => undefined }));
vi.mock('#shared/registration/liver-translation.ts', () => ({
  *searchTranslation() {
    yield 0.5633333333333334;
    return { movedMm: [1, 2, 3] };
  },
}));
afterEach(() => vi.restoreAllMocks());

test('how far the search is comes in whole percent, to be read', async () => {
  // Each look at the clock is a second later: the page is given its turn at every step.
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => (now += 1_000));
  const reported: number[][] = [];
  const key = { openId: 'a', seriesId: 's' };
  const found = await alignDates(key, key, {
    client: {} as Client,
    signal: new AbortController().signal,
    report: (...progress) => reported.push(progress),
  });
  expect(found).toStrictEqual({ movedMm: [1, 2, 3] });
  expect(reported).toStrictEqual([[56, 100]]);
});
