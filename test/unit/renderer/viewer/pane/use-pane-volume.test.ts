import { afterEach, expect, it, vi } from 'vitest';
import { type EffectScope, effectScope } from 'vue';
import type { Client } from '#shared/api.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { type PaneVolume, usePaneVolume } from '../../../../../src/renderer/viewer/pane/use-pane-volume.ts';

const key = { openId: 'o1', seriesId: '1.2.3' };
const first: VolumeInfo = {
  ...key,
  shape: [2, 2, 3],
  dtype: 'int16',
  unplaced: 'test',
  sopInstanceUIDs: ['a', 'b'],
  window: { center: 0, width: 1 },
  range: { min: 0, max: 5 },
  invert: false,
  url: '/volumes/o1/x',
  bytes: 24,
};
const whole: VolumeInfo = { ...first, range: { min: 0, max: 11 } };
const pixels = Int16Array.from({ length: 12 }, (_, i) => i);

const client: Client = {
  async call(name) {
    return (
      name === 'study.volume' ? whole : name === 'study.slice' ? { info: first, slice: 1 } : { ok: true }
    ) as never;
  },
  on: () => undefined,
};

/** Slices come at once, each whole as soon as its answer is given. */
const servePixels = () => {
  const wholes: PromiseWithResolvers<Response>[] = [];
  vi.stubGlobal('fetch', async (url: string, { signal }: { signal?: AbortSignal } = {}) => {
    if (/\/\d+$/.test(url)) return new Response(pixels.slice(0, 6));
    const answer = Promise.withResolvers<Response>();
    signal?.addEventListener('abort', () => answer.reject(signal.reason));
    wholes.push(answer);
    return answer.promise;
  });
  return wholes;
};

let scope: EffectScope;
const paneOf = (onError: (error: unknown) => void = () => undefined): PaneVolume =>
  usePaneVolume({ client, key: () => key, first: () => undefined, onError });
const rangeIn = ({ status: { value } }: PaneVolume) => (value.kind === 'ready' ? value.volume.info.range : undefined);

afterEach(() => {
  scope.stop();
  vi.unstubAllGlobals();
});

it('a pane that was cancelled, or failed, shows the whole once another one brought it, and offers nothing to load', async () => {
  const wholes = servePixels();
  scope = effectScope();
  const [cancelled, failed, bringing] = scope.run(() => [paneOf(), paneOf(), paneOf()] as const) ?? [];
  if (!cancelled || !failed || !bringing) throw new Error('no panes');
  await vi.waitFor(() => expect(wholes).toHaveLength(3));
  const before = cancelled.status.value;
  cancelled.cancel();
  expect(cancelled.rest.value).toEqual({ kind: 'cancelled' });
  wholes[1]?.resolve(new Response(undefined, { status: 503 }));
  await vi.waitFor(() => expect(failed.rest.value?.kind).toBe('failed'));

  wholes[2]?.resolve(new Response(pixels));
  await vi.waitFor(() => expect(bringing.rest.value).toBeUndefined());
  for (const pane of [cancelled, failed, bringing]) {
    expect(pane.rest.value).toBeUndefined();
    expect(rangeIn(pane)).toEqual(whole.range);
  }
  // What watches it sees another value, by which what all images tell takes the place of what the first one told.
  expect(cancelled.status.value).not.toBe(before);
});
