import { AppError } from '#shared/errors.ts';
import { medianInPlace } from './median.ts';

export interface NormalisedChannel {
  /** Robust z, clipped to ± clip; 0 (the median) where outside. */
  values: Float32Array;
  median: number;
  robustSd: number;
}

/** Standard deviation of a normal distribution over its median absolute deviation: 1 / Φ⁻¹(3/4). */
const SD_PER_MAD = 1.4826;

/**
 * (x − median) / (1.4826 · MAD) over the cells inside the image, clipped to ± `clip`. MR units are arbitrary, and a
 * median is not moved by vessels, air or the tumour itself. Where more than half of the cells share one value (MAD 0) the
 * standard deviation stands in; where all do, `AppError('flat-image')`.
 */
export const normaliseChannel = (values: Float32Array, inside: Uint8Array, clip: number): NormalisedChannel => {
  const taken = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    if (inside[i]) taken[n++] = values[i] ?? 0;
  }
  const scratch = taken.slice(0, n);
  const median = medianInPlace(scratch);
  for (let i = 0; i < n; i++) scratch[i] = Math.abs((taken[i] ?? 0) - median);
  const mad = medianInPlace(scratch);
  const spread = mad > 0 ? SD_PER_MAD * mad : standardDeviation(taken.subarray(0, n));
  if (!(spread > 0)) {
    throw new AppError(
      'flat-image',
      'An image has the same value everywhere around the lesion, so it tells the model nothing. Check which series plays this role and where the lesion is marked.',
    );
  }
  const out = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    if (!inside[i]) continue;
    const z = ((values[i] ?? 0) - median) / spread;
    out[i] = Math.min(clip, Math.max(-clip, z));
  }
  return { values: out, median, robustSd: spread };
};

const standardDeviation = (values: Float64Array): number => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
};
