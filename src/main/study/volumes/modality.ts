/**
 * The modality transform (PS3.3 C.11.1): output = stored × RescaleSlope + RescaleIntercept, per frame.
 *
 * Philips MR images also carry a private scale slope that leads further, to values comparable across series. It is not
 * applied: what it yields depends on scanner software, no other vendor has it, and the viewer of the console shows the
 * values after the standard transform. Frames of one series share units either way.
 */
import type { SeriesFacts } from '#shared/study/facts.ts';
import type { VoxelArray } from '#shared/study/resample/placed-volume.ts';
import { firstNumber, type PixelDescription, storedRange } from '../scan/pixel-description.ts';
import { Refusal } from '../scan/refusal.ts';
import type { StoredValues } from './samples.ts';

export interface Rescale {
  slope: number;
  intercept: number;
}

/**
 * Absent attributes mean the identity (PS3.3 C.8.3: MR images need none). A slope of zero would erase the image, and
 * a Modality LUT that is left out would hand on other values than its maker meant.
 */
export const rescaleOf = (attributes: SeriesFacts): Rescale => {
  const slope = firstNumber(attributes.RescaleSlope) ?? 1;
  const intercept = firstNumber(attributes.RescaleIntercept) ?? 0;
  if (attributes.LUTDescriptor !== undefined) {
    throw new Refusal(
      'pixel-description',
      'The image maps its values through a Modality LUT, which an MR image does not have (PS3.3 C.8.3.1).',
    );
  }
  if (slope === 0) throw new Refusal('pixel-description', 'The image says its values are multiplied by zero.');
  return { slope, intercept };
};

export type VoxelType = 'int16' | 'uint16' | 'float32';

/** The smallest type that holds every possible value of all frames exactly; float32 where none does. */
export const voxelType = (frames: readonly { pixels: PixelDescription; rescale: Rescale }[]): VoxelType => {
  let min = 0;
  let max = 0;
  for (const { pixels, rescale } of frames) {
    if (!Number.isInteger(rescale.slope) || !Number.isInteger(rescale.intercept)) return 'float32';
    for (const stored of storedRange(pixels)) {
      const value = stored * rescale.slope + rescale.intercept;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  return (['int16', 'uint16'] as const).find((type) => fits({ min, max }, type)) ?? 'float32';
};

const limits: Readonly<Record<VoxelType, ValueRange>> = {
  int16: { min: -32768, max: 32767 },
  uint16: { min: 0, max: 65535 },
  float32: { min: Number.NEGATIVE_INFINITY, max: Number.POSITIVE_INFINITY },
};

/** False for values beyond what their header allows, which a codestream of its own precision may hold. */
export const fits = ({ min, max }: ValueRange, type: VoxelType): boolean =>
  min >= limits[type].min && max <= limits[type].max;

export const newVoxels = (type: VoxelType, count: number): VoxelArray => {
  if (type === 'int16') return new Int16Array(count);
  if (type === 'uint16') return new Uint16Array(count);
  return new Float32Array(count);
};

/** Writes one frame's transformed values into the volume, from `at` on. */
export const writeFrame = (stored: StoredValues, rescale: Rescale, into: VoxelArray, at: number): void => {
  const { slope, intercept } = rescale;
  if (slope === 1 && intercept === 0) {
    into.set(stored, at);
    return;
  }
  for (let i = 0; i < stored.length; i++) into[at + i] = (stored[i] ?? 0) * slope + intercept;
};

export interface ValueRange {
  min: number;
  max: number;
}

/** Range of one frame's values after the transform, as the volume's type holds them. */
export const frameRange = (stored: StoredValues, rescale: Rescale, type: VoxelType): ValueRange => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < stored.length; i++) {
    const value = stored[i] ?? 0;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const transformed = (value: number): number => {
    const exact = value * rescale.slope + rescale.intercept;
    return type === 'float32' ? Math.fround(exact) : exact;
  };
  // A negative slope turns the order round.
  const [a, b] = [transformed(low), transformed(high)];
  return { min: Math.min(a, b), max: Math.max(a, b) };
};
