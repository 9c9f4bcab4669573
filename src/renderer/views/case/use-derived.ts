/** Work on volumes of the open study that a newer choice replaces and leaving ends; what was made is let go with it. */
import { onScopeDispose, type ShallowRef, shallowRef } from 'vue';
import type { Client } from '#shared/api.ts';
import { type ErrorShape, toErrorShape } from '#shared/errors.ts';
import { fetchVolume } from '../../viewer/cornerstone/volume-fetch.ts';
import { type LoadedVolume, releaseVolume } from '../../viewer/cornerstone/volume-store.ts';
import { type Derived, letGoDerived } from '../../viewer/derived/derived-volume.ts';

export interface DerivedWork {
  /** A volume of the study, for as long as this work goes on. */
  volume(seriesId: string): Promise<LoadedVolume>;
  signal: AbortSignal;
  onProgress(share: number): void;
  /** Keeps what was made until another choice. */
  keep<T extends Derived>(made: T): T;
}

export interface DerivedState<R> {
  result: Readonly<ShallowRef<R | undefined>>;
  /** 0–1 while something is made. */
  progress: Readonly<ShallowRef<number | undefined>>;
  error: Readonly<ShallowRef<ErrorShape | undefined>>;
  /** Ends what was under way and lets go of what it made. */
  make(work: (of: DerivedWork) => Promise<R>): Promise<void>;
  cancel(): void;
}

let jobs = 0;

export const useDerived = <R>(client: Client, openId: () => string): DerivedState<R> => {
  const result = shallowRef<R>();
  const progress = shallowRef<number>();
  const error = shallowRef<ErrorShape>();
  let running: AbortController | undefined;
  let kept: Derived[] = [];

  const drop = (): void => {
    running?.abort();
    running = undefined;
    result.value = undefined;
    progress.value = undefined;
    for (const one of kept) letGoDerived(one);
    kept = [];
  };
  onScopeDispose(drop);

  const make: DerivedState<R>['make'] = async (work) => {
    drop();
    error.value = undefined;
    const run = new AbortController();
    const { signal } = run;
    running = run;
    progress.value = 0;
    const key = (seriesId: string) => ({ openId: openId(), seriesId });
    const read: string[] = [];
    try {
      const found = await work({
        signal,
        onProgress(share) {
          if (running === run) progress.value = share;
        },
        async volume(seriesId) {
          const volume = await fetchVolume(key(seriesId), {
            client,
            jobId: `derive-${Date.now().toString(36)}-${++jobs}`,
            signal,
            onProgress: () => undefined,
          });
          read.push(seriesId);
          return volume;
        },
        keep(one) {
          if (running === run) kept.push(one);
          else letGoDerived(one);
          return one;
        },
      });
      if (running === run) result.value = found;
    } catch (failure) {
      if (running === run && !signal.aborted) error.value = toErrorShape(failure);
    } finally {
      for (const seriesId of read) releaseVolume(key(seriesId));
      if (running === run) progress.value = undefined;
    }
  };

  return { result, progress, error, make, cancel: drop };
};
