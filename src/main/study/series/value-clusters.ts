/**
 * Groups of images by a measured number. The same value is written with rounding noise from slice to slice, so that
 * values are compared within a tolerance and never as text.
 */
import type { ImageRecord } from '../records.ts';

/** How far two values may lie apart and still be one: `absolute` in the unit of the value, `relative` as a share of it. */
export interface Tolerance {
  absolute: number;
  relative: number;
}

export const tolerances = {
  /** EchoTime, ms: two echoes of one acquisition are at least 0.3 ms apart. */
  echoTime: { absolute: 0.1, relative: 0.02 },
  /** Without repeated slices only echoes that differ by a fifth are of different contrast. */
  echoTimeOfSlices: { absolute: 0.1, relative: 0.2 },
  /** FlipAngle, degrees. */
  flipAngle: { absolute: 1, relative: 0.02 },
  /** RepetitionTime, ms: the scanner adapts it by less from one scan of a protocol to the next. */
  repetitionTime: { absolute: 0.1, relative: 0.1 },
  /** b-value, s/mm²: scanners write the one they reached, a few s/mm² off the prescribed one. */
  bValue: { absolute: 2, relative: 0.03 },
  /** PixelSpacing, mm: 0.2 % moves the edge of a 400 mm image by 0.4 mm. */
  pixelSpacing: { absolute: 0, relative: 0.002 },
} as const satisfies Record<string, Tolerance>;

export const within = (a: number, b: number, { absolute, relative }: Tolerance): boolean =>
  Math.abs(a - b) <= Math.max(absolute, relative * Math.min(Math.abs(a), Math.abs(b)));

export interface ValueCluster {
  /** Smallest value of the cluster; `undefined` for images without one. */
  value: number | undefined;
  images: ImageRecord[];
}

/** Images by value, ascending, a new group where a value lies further from the one before it than the tolerance. */
export const clusterByValue = (
  images: readonly ImageRecord[],
  read: (image: ImageRecord) => number | undefined,
  tolerance: Tolerance,
): ValueCluster[] => {
  const without: ImageRecord[] = [];
  const valued: { image: ImageRecord; value: number }[] = [];
  for (const image of images) {
    const value = read(image);
    if (value === undefined) without.push(image);
    else valued.push({ image, value });
  }
  valued.sort((a, b) => a.value - b.value);
  const clusters: ValueCluster[] = without.length > 0 ? [{ value: undefined, images: without }] : [];
  let before: number | undefined;
  for (const { image, value } of valued) {
    const last = clusters.at(-1);
    if (last && before !== undefined && within(before, value, tolerance)) last.images.push(image);
    else clusters.push({ value, images: [image] });
    before = value;
  }
  return clusters;
};
