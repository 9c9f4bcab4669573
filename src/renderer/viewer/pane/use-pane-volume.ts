/** Loads the series of one pane, tells how far it is, can be cancelled and tried again, and frees it when it goes. */
import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import type { Client } from '#shared/api.ts';
import { AppError, type ErrorShape, toErrorShape } from '#shared/errors.ts';
import { forgetImages } from '../cornerstone/image-loader.ts';
import { fetchVolume, type LoadProgress } from '../cornerstone/volume-fetch.ts';
import { type LoadedVolume, releaseVolume, type VolumeKey } from '../cornerstone/volume-store.ts';

export type PaneStatus =
  | { kind: 'empty' }
  | { kind: 'loading'; progress: LoadProgress | undefined }
  | { kind: 'ready'; volume: LoadedVolume; key: VolumeKey }
  | { kind: 'cancelled' }
  | { kind: 'failed'; error: ErrorShape };

export interface PaneVolume {
  status: Readonly<ShallowRef<PaneStatus>>;
  cancel(): void;
  retry(): void;
}

export interface UsePaneVolumeOptions {
  client: Client;
  key: () => VolumeKey | undefined;
  onError(error: unknown): void;
}

let jobs = 0;

/** Panes that swap their series let go and take hold in the same turn: what is freed at once would be loaded again. */
const releaseLater = (key: VolumeKey): void => {
  setTimeout(() => {
    const volume = releaseVolume(key);
    if (volume) forgetImages(key, volume.info);
  });
};

export const usePaneVolume = ({ client, key, onError }: UsePaneVolumeOptions): PaneVolume => {
  const status = shallowRef<PaneStatus>({ kind: 'empty' });
  let held: VolumeKey | undefined;
  let running: AbortController | undefined;

  const drop = (): void => {
    running?.abort();
    running = undefined;
    if (held) releaseLater(held);
    held = undefined;
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
    try {
      const volume = await fetchVolume(wanted, {
        client,
        jobId: `view-${Date.now().toString(36)}-${++jobs}`,
        signal: run.signal,
        onProgress(progress) {
          if (running === run) status.value = { kind: 'loading', progress };
        },
      });
      if (running !== run) {
        releaseLater(wanted);
        return;
      }
      held = wanted;
      status.value = { kind: 'ready', volume, key: wanted };
    } catch (error) {
      // Superseded or given up by the user: nothing failed.
      if (running !== run || run.signal.aborted) return;
      status.value = { kind: 'failed', error: toErrorShape(error) };
      onError(error instanceof Error ? error : new AppError('volume-unavailable', String(error)));
    }
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
    cancel() {
      drop();
      status.value = { kind: 'cancelled' };
    },
    retry: () => void load(key()),
  };
};
