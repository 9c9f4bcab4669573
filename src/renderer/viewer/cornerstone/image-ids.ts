/** Names of single slices for the library. */
import type { VolumeInfo } from '#shared/study/volume.ts';

export interface VolumeKey {
  openId: string;
  seriesId: string;
}

/** `<openId>/<series>`; the series is escaped because its id may hold `#` or `/`. */
export const keyOf = ({ openId, seriesId }: VolumeKey): string => `${openId}/${encodeURIComponent(seriesId)}`;

/** Images are named `haicast:<openId>/<series>/<slice>`. */
export const imageIdOf = (key: VolumeKey, k: number): string => `haicast:${keyOf(key)}/${k}`;

export const imageIdsOf = (key: VolumeKey, info: Pick<VolumeInfo, 'shape'>): string[] =>
  Array.from({ length: info.shape[0] }, (_, k) => imageIdOf(key, k));

export const parseImageId = (imageId: string): (VolumeKey & { slice: number }) | undefined => {
  const match = /^haicast:([^/]+)\/([^/]+)\/(\d+)$/.exec(imageId);
  const [, openId, series, slice] = match ?? [];
  return openId && series ? { openId, seriesId: decodeURIComponent(series), slice: Number(slice) } : undefined;
};
