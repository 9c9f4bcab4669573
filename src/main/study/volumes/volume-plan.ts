/** Which frames of which files make a volume, from their headers. */
import type { ImageRecord, StackRecord } from '../records.ts';
import { type PixelDescription, pixelDescription } from '../scan/pixel-description.ts';
import { Refusal } from '../scan/refusal.ts';
import { groupBy } from '../series/split.ts';
import { type Rescale, rescaleOf } from './modality.ts';

export interface PlannedFrame {
  image: ImageRecord;
  slice: number;
  pixels: PixelDescription;
  rescale: Rescale;
}

export interface VolumePlan {
  frames: PlannedFrame[];
  rows: number;
  columns: number;
}

/** What the headers promise, checked before the volume is allocated. Throws a `Refusal`. */
export const planVolume = (stack: StackRecord): VolumePlan => {
  const frames = stack.images.map((image, slice) => ({
    image,
    slice,
    pixels: pixelDescription(image.attributes),
    rescale: rescaleOf(image.attributes),
  }));
  const [first] = frames;
  if (!first) throw new Refusal('not-an-image', 'The series has no images.');
  const { rows, columns } = first.pixels;
  const odd = frames.find(({ pixels }) => pixels.rows !== rows || pixels.columns !== columns);
  if (odd) {
    throw new Refusal(
      'pixel-description',
      `Image ${odd.slice + 1} has ${odd.pixels.columns} × ${odd.pixels.rows} pixels, the first ${columns} × ${rows}.`,
    );
  }
  return { frames, rows, columns };
};

/**
 * Frames by file, so that each file is opened once, in the order of their first slices; those of one file in its own
 * order, since a large archive entry can only be read forwards.
 */
export const byFile = (frames: readonly PlannedFrame[]): Map<number, PlannedFrame[]> => {
  const files = groupBy(frames, ({ image }) => image.source);
  for (const list of files.values()) list.sort((a, b) => a.image.frame - b.image.frame);
  return files;
};
