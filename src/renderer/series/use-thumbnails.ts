import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue';
import type { Client } from '#shared/api.ts';
import { type ErrorShape, toErrorShape } from '#shared/errors.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { Thumbnail } from '#shared/study/thumbnail.ts';

export type ThumbnailState = { kind: 'ready'; thumbnail: Thumbnail } | { kind: 'failed'; error: ErrorShape };

export interface UseThumbnailsOptions {
  client: Client;
  openId: () => string;
  series: () => readonly ScannedSeries[];
}

/** The middle slice of every series, one after the other: they must not hold up the panes. */
export const useThumbnails = ({ client, openId, series }: UseThumbnailsOptions) => {
  const thumbnails: ShallowRef<ReadonlyMap<string, ThumbnailState>> = shallowRef(new Map());
  let running: AbortController | undefined;

  const put = (id: string, state: ThumbnailState) => {
    thumbnails.value = new Map(thumbnails.value).set(id, state);
  };

  const loadAll = async (study: string, wanted: readonly ScannedSeries[], signal: AbortSignal) => {
    for (const { id } of wanted) {
      const state = await client
        .call('study.thumbnail', { openId: study, seriesId: id, jobId: `thumbnail-${crypto.randomUUID()}` })
        .then(
          (thumbnail): ThumbnailState => ({ kind: 'ready', thumbnail }),
          (error: unknown): ThumbnailState => ({ kind: 'failed', error: toErrorShape(error) }),
        );
      if (signal.aborted) return;
      put(id, state);
    }
  };

  watch(
    openId,
    (study) => {
      running?.abort();
      running = new AbortController();
      thumbnails.value = new Map();
      void loadAll(study, series(), running.signal);
    },
    { immediate: true },
  );
  onScopeDispose(() => running?.abort());
  return thumbnails;
};
