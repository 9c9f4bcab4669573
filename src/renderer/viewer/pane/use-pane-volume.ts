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
  whenWhole,
} from '../cornerstone/volume-store.ts';

export type PaneStatus =
  | { kind: 'empty' }
  | { kind: 'loading'; progress: LoadProgress | undefined }
  | { kind: 'ready'; volume: SeriesImages; key: VolumeKey }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: ErrorShape };

/** What is with the other slices of a pane that shows its first. */
export type Rest =
  | { kind: 'loading'; progress: LoadProgress }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: ErrorShape };

export interface PaneVolume {
  /** Another value with the same `volume` once all of it is there. */
  status: Readonly<ShallowRef<PaneStatus>>;
  /** Undefined where all slices are there, or are read as they are asked for. */
  rest: Readonly<ShallowRef<Rest | undefined>>;
  /** Brings a slice, if it is not there, and keeps it while no other is asked for. */
  bring(k: number): Promise<void>;
  /** What is shown already stays, and another slice is still read when it is turned to. */
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
  const rest = shallowRef<Rest>();
  const pane = {};
  let held: VolumeKey | undefined;
  let unwatch: () => void = () => undefined;
  let running: AbortController | undefined;

  const drop = (): void => {
    running?.abort();
    running = undefined;
    rest.value = undefined;
    unwatch();
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
    if (!hasRoom(series.info.bytes)) return;
    rest.value = { kind: 'loading', progress: { phase: 'decode', done: 0, total: series.info.shape[0] } };
    try {
      await askedAgain(run.signal, () =>
        fetchVolume(wanted, {
          client,
          jobId: newJob(),
          signal: run.signal,
          onProgress(progress) {
            if (running === run && !series.whole) rest.value = { kind: 'loading', progress };
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

  /** Does a part of the loading; undefined where it was superseded, given up, or failed, which is told. */
  const attempt = async <T>(
    run: AbortController,
    work: () => Promise<T>,
    tell: (error: ErrorShape) => void,
  ): Promise<T | undefined> => {
    try {
      const done = await work();
      return running === run ? done : undefined;
    } catch (error) {
      if (running !== run || run.signal.aborted) return undefined;
      tell(toErrorShape(error));
      onError(error instanceof Error ? error : new AppError('volume-unavailable', String(error)));
      return undefined;
    }
  };

  const show = (volume: SeriesImages, key: VolumeKey): void => {
    status.value = { kind: 'ready', volume, key };
  };

  const loadRest = async (wanted: VolumeKey, series: SeriesImages, run: AbortController): Promise<void> => {
    rest.value = undefined;
    await attempt(
      run,
      async () => {
        await complete(wanted, series, run);
        if (running === run) rest.value = undefined;
      },
      (error) => {
        if (!series.whole) rest.value = { kind: 'failed', error };
      },
    );
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
    const series = await attempt(
      run,
      () => begin(wanted, run),
      (error) => {
        drop();
        status.value = { kind: 'failed', error };
      },
    );
    if (!series) return;
    show(series, wanted);
    if (series.whole) return;
    // Another pane or a subtraction may bring it where this pane was cancelled, or failed.
    unwatch = whenWhole(wanted, () => {
      rest.value = undefined;
      show(series, wanted);
    });
    await loadRest(wanted, series, run);
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
      if (held === of && !series.whole && rest.value?.kind !== 'loading') bringAround(of, k, series.info.shape[0]);
    },
    cancel() {
      if (status.value.kind === 'ready') {
        running?.abort();
        running = undefined;
        rest.value = { kind: 'cancelled' };
        return;
      }
      drop();
      status.value = { kind: 'cancelled' };
    },
    retry() {
      const now = status.value;
      if (now.kind !== 'ready') return void load(key());
      running = new AbortController();
      void loadRest(now.key, now.volume, running);
    },
  };
};
