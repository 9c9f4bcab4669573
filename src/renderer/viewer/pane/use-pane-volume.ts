/**
 * Loads the series of one pane, first the slice that is to be seen, tells how far it is, can be cancelled and tried again, and lets
 * go of it. A series that the budget has no room for stays at the slices that are asked for.
 */
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import type { Client } from '#shared/api.ts';
import { AppError, type ErrorShape, toErrorShape } from '#shared/errors.ts';
import { askedAgain } from '../../client/asked-again.ts';
import type { VolumeKey } from '../cornerstone/image-ids.ts';
import { fetchFirstSlice, fetchSlice, fetchVolume, type LoadProgress } from '../cornerstone/volume-fetch.ts';
import {
  hasRoom,
  holdSeries,
  releaseVolume,
  type SeriesImages,
  showSlice,
  storedSeries,
} from '../cornerstone/volume-store.ts';

export type PaneStatus =
  | { kind: 'empty' }
  | { kind: 'loading'; progress: LoadProgress | undefined }
  | { kind: 'ready'; volume: SeriesImages; key: VolumeKey }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: ErrorShape };

export interface PaneVolume {
  /** Another value with the same `volume` once all of it is there. */
  status: Readonly<ShallowRef<PaneStatus>>;
  /** How far the other slices are while the pane shows its first; undefined where nothing more is on its way. */
  rest: Readonly<ShallowRef<LoadProgress | undefined>>;
  /** Brings a slice, if it is not there, and keeps it while no other is asked for. */
  bring(k: number): Promise<void>;
  cancel(): void;
  retry(): void;
}

export interface UsePaneVolumeOptions {
  client: Client;
  key: () => VolumeKey | undefined;
  /** Zero-based slice that is going to be shown; undefined for the middle one. */
  first: () => number | undefined;
  onError(error: unknown): void;
}

let jobs = 0;
const newJob = (): string => `view-${Date.now().toString(36)}-${++jobs}`;

const TOO_MUCH: ReadonlySet<string> = new Set(['images-beyond-budget', 'volume-too-large']);

/** Slices before and after the one that is shown that a series has beside it where it is never whole. */
const AROUND = 2;

/** Panes that swap their series let go and take hold in the same turn: what is freed at once would be loaded again. */
const releaseLater = (key: VolumeKey): void => {
  setTimeout(() => releaseVolume(key));
};

export const usePaneVolume = ({ client, key, first, onError }: UsePaneVolumeOptions): PaneVolume => {
  const status = shallowRef<PaneStatus>({ kind: 'empty' });
  const rest = shallowRef<LoadProgress>();
  const pane = {};
  let held: VolumeKey | undefined;
  let running: AbortController | undefined;

  const drop = (): void => {
    running?.abort();
    running = undefined;
    rest.value = undefined;
    if (!held) return;
    showSlice(held, pane, undefined);
    releaseLater(held);
    held = undefined;
  };

  /** Holds the series by its first slice; it is held by now if it was cancelled meanwhile, and let go again. */
  const begin = async (wanted: VolumeKey, run: AbortController): Promise<SeriesImages> => {
    const known = storedSeries(wanted);
    const series = known
      ? holdSeries(wanted, known.info)
      : await askedAgain(run.signal, () =>
          fetchFirstSlice(wanted, first(), {
            client,
            jobId: newJob(),
            signal: run.signal,
            onProgress: () => undefined,
          }),
        );
    if (running === run) held = wanted;
    else releaseLater(wanted);
    return series;
  };

  /** All of it, where there is room. */
  const complete = async (wanted: VolumeKey, series: SeriesImages, run: AbortController): Promise<void> => {
    if (series.whole) return;
    if (!hasRoom(series.info.bytes)) return;
    rest.value = { phase: 'decode', done: 0, total: series.info.shape[0] };
    try {
      await askedAgain(run.signal, () =>
        fetchVolume(wanted, {
          client,
          jobId: newJob(),
          signal: run.signal,
          onProgress(progress) {
            if (running === run) rest.value = progress;
          },
        }),
      );
      // The pane holds it already.
      releaseLater(wanted);
    } catch (error) {
      // Another pane was faster to take the room, or no room would do.
      if (!(error instanceof AppError) || !TOO_MUCH.has(error.code)) throw error;
    }
  };

  const load = async (wanted: VolumeKey | undefined): Promise<void> => {
    drop();
    if (!wanted) {
      status.value = { kind: 'empty' };
      return;
    }
    const run = new AbortController();
    running = run;
    status.value = { kind: 'loading', progress: undefined };
    const show = (volume: SeriesImages) => {
      if (running === run) status.value = { kind: 'ready', volume, key: wanted };
    };
    try {
      const series = await begin(wanted, run);
      show(series);
      if (series.whole || running !== run) return;
      await complete(wanted, series, run);
      if (series.whole) show(series);
    } catch (error) {
      // Superseded or given up by the user: nothing failed.
      if (running !== run || run.signal.aborted) return;
      drop();
      status.value = { kind: 'failed', error: toErrorShape(error) };
      onError(error instanceof Error ? error : new AppError('volume-unavailable', String(error)));
    } finally {
      if (running === run) rest.value = undefined;
    }
  };

  /** What is looked at next is mostly beside what is looked at now. */
  const bringAround = (of: VolumeKey, k: number, slices: number): void => {
    for (let away = 1; away <= AROUND; away++)
      for (const near of [k + away, k - away])
        if (near >= 0 && near < slices) void fetchSlice(of, near).catch(() => undefined);
  };

  watch(
    () => {
      const wanted = key();
      return wanted && `${wanted.openId}\n${wanted.seriesId}`;
    },
    () => void load(key()),
    { immediate: true },
  );
  onScopeDispose(drop);

  return {
    status,
    rest,
    async bring(k) {
      const of = held;
      const series = of && storedSeries(of);
      if (!of || !series) return;
      showSlice(of, pane, k);
      await fetchSlice(of, k);
      if (held === of && !series.whole && !rest.value) bringAround(of, k, series.info.shape[0]);
    },
    cancel() {
      drop();
      status.value = { kind: 'cancelled' };
    },
    retry: () => void load(key()),
  };
};
