/** One small grey picture that tells a series from the others of its study. */
import type { Thumbnail } from '#shared/study/thumbnail.ts';
import { middleSlice } from '#shared/study/voxels.ts';
import type { DecodedVolume, StackRecord } from '../records.ts';

/** Longest edge, pixels. */
export const THUMBNAIL_EDGE = 96;

/** The stack with its middle image alone: what is decoded for a thumbnail. */
export const middleOf = (stack: StackRecord): StackRecord => {
  const { geometry: _place, ...rest } = stack;
  const middle = middleSlice(stack.images.length);
  return { ...rest, images: stack.images.slice(middle, middle + 1) };
};

/**
 * Every n-th pixel of the only slice of a volume, through its window, as 8-bit grey, row-major. The picture is for finding
 * a series, not for reading it: nothing is interpolated and nothing measured.
 */
export const thumbnailOf = ({ info, data }: DecodedVolume): Thumbnail => {
  const [, rows, columns] = info.shape;
  const step = Math.max(1, Math.ceil(Math.max(rows, columns) / THUMBNAIL_EDGE));
  const [height, width] = [Math.ceil(rows / step), Math.ceil(columns / step)];
  const lower = info.window.center - info.window.width / 2;
  const grey = new Uint8ClampedArray(width * height);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const value = ((data[row * step * columns + column * step] ?? 0) - lower) * (255 / info.window.width);
      grey[row * width + column] = info.invert ? 255 - value : value;
    }
  }
  return { width, height, grey: Buffer.from(grey).toString('base64') };
};
