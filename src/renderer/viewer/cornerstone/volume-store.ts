/** Decoded volumes in the renderer's memory, by reference count, so that one series in two panes is loaded once. */
import { AppError } from '#shared/errors.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';

export type Pixels = Int16Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

export interface LoadedVolume {
  readonly info: VolumeInfo;
  /** All slices, row-major, sorted like the geometry. */
  readonly pixels: Pixels;
}

const BYTES = { int16: 2, uint16: 2, float32: 4 } as const;

/** Views raw little-endian bytes as the numbers they are. Fails with `volume-damaged` when the length does not fit. */
export const pixelsOf = (info: Pick<VolumeInfo, 'dtype' | 'shape'>, buffer: ArrayBuffer): Pixels => {
  const [slices, rows, columns] = info.shape;
  const expected = slices * rows * columns * BYTES[info.dtype];
  if (buffer.byteLength !== expected)
    throw new AppError('volume-damaged', 'The images arrived incomplete. Load the series again.', {
      params: { expected, received: buffer.byteLength },
    });
  if (info.dtype === 'int16') return new Int16Array(buffer);
  return info.dtype === 'uint16' ? new Uint16Array(buffer) : new Float32Array(buffer);
};

/** One slice, without a copy. */
export const slicePixels = ({ info, pixels }: LoadedVolume, k: number): Pixels => {
  const size = info.shape[1] * info.shape[2];
  return pixels.subarray(k * size, (k + 1) * size);
};

export interface VolumeKey {
  openId: string;
  seriesId: string;
}

const keyOf = ({ openId, seriesId }: VolumeKey): string => `${openId}/${encodeURIComponent(seriesId)}`;

interface Entry {
  volume: LoadedVolume;
  holders: number;
}

const entries = new Map<string, Entry>();

/** The volume if some pane holds it. */
export const storedVolume = (key: VolumeKey): LoadedVolume | undefined => entries.get(keyOf(key))?.volume;

/** Keeps a volume; every call asks for one `releaseVolume`. The first one stored wins. */
export const holdVolume = (key: VolumeKey, volume: LoadedVolume): LoadedVolume => {
  const entry = entries.get(keyOf(key)) ?? { volume, holders: 0 };
  entry.holders += 1;
  entries.set(keyOf(key), entry);
  return entry.volume;
};

/** Lets go of a volume. Returns it when nobody holds it any more, so that what was made from it can be freed too. */
export const releaseVolume = (key: VolumeKey): LoadedVolume | undefined => {
  const entry = entries.get(keyOf(key));
  if (!entry) return undefined;
  entry.holders -= 1;
  if (entry.holders > 0) return undefined;
  entries.delete(keyOf(key));
  return entry.volume;
};

/** Images are named `haicast:<openId>/<series>/<slice>`; the series is escaped because its id may hold `#` or `/`. */
export const imageIdOf = (key: VolumeKey, k: number): string => `haicast:${keyOf(key)}/${k}`;

export const imageIdsOf = (key: VolumeKey, info: VolumeInfo): string[] =>
  Array.from({ length: info.shape[0] }, (_, k) => imageIdOf(key, k));

export const parseImageId = (imageId: string): (VolumeKey & { slice: number }) | undefined => {
  const match = /^haicast:([^/]+)\/([^/]+)\/(\d+)$/.exec(imageId);
  const [, openId, series, slice] = match ?? [];
  return openId && series ? { openId, seriesId: decodeURIComponent(series), slice: Number(slice) } : undefined;
};
