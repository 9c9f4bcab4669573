/**
 * One series less another, on the pixels of the first: the second is read where the patient is, moved by hand or not, trilinear
 * (`#shared/study/resample/resample.ts`), and nothing else is done to either. Values of MR have no unit, so neither has the
 * difference. Pure.
 */
import { add, pixelToPatient, scale, type Vec3 } from '#shared/study/geometry.ts';
import type { PlacedVolume } from '#shared/study/resample/placed-volume.ts';
import { resampleOnPlane } from '#shared/study/resample/resample.ts';

export interface Difference {
  /** Row-major, slice after slice, of the minuend's pixels; `outside` where the subtrahend shows nothing. */
  values: Float32Array<ArrayBuffer>;
  /** 1 where both are there. */
  inside: Uint8Array<ArrayBuffer>;
}

/** Rows that are computed at once: some milliseconds, so that a page stays awake. */
const BAND = 16;

/**
 * Computed band by band: every step yields how many rows are done, of how many. Values outside of the subtrahend are 0 and not
 * `inside`. Throws `unplaceable-series`.
 */
export function* subtractionSteps(minuend: PlacedVolume, subtrahend: PlacedVolume): Generator<number, Difference> {
  const [slices, rows, columns] = minuend.shape;
  const { geometry: g, data } = minuend;
  const values = new Float32Array(slices * rows * columns);
  const inside = new Uint8Array(values.length);
  const perColumn = scale(g.rowDirection, g.columnSpacing);
  const perRow = scale(g.columnDirection, g.rowSpacing);
  for (let k = 0; k < slices; k++)
    for (let top = 0; top < rows; top += BAND) {
      const band = Math.min(BAND, rows - top);
      const origin: Vec3 = add(pixelToPatient(g, k, 0, 0), scale(perRow, top));
      const other = resampleOnPlane(subtrahend, { origin, perColumn, perRow, rows: band, columns });
      const start = (k * rows + top) * columns;
      for (let i = 0; i < band * columns; i++) {
        if (!other.inside[i]) continue;
        inside[start + i] = 1;
        values[start + i] = (data[start + i] ?? 0) - (other.values[i] ?? 0);
      }
      yield (k * rows + top + band) / (slices * rows);
    }
  return { values, inside };
}

const SAMPLES = 40_000;

/** Sorted, of what both show; every so many where there are many. */
const sampled = ({ values, inside }: Difference): number[] => {
  const step = Math.max(1, Math.floor(values.length / SAMPLES));
  const found: number[] = [];
  for (let i = 0; i < values.length; i += step) if (inside[i]) found.push(values[i] ?? 0);
  return found.sort((a, b) => a - b);
};

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * (sorted.length - 1))] ?? 0;

/** Width of a window around zero that holds 99 % of the differences on either side; 1 where there are none. */
export const windowWidth = (difference: Difference): number => {
  const sorted = sampled(difference);
  return 2 * Math.max(Math.abs(quantile(sorted, 0.005)), Math.abs(quantile(sorted, 0.995))) || 1;
};

/** Beyond three robust standard deviations a difference is none of noise. */
const NOTABLE_SDS = 3;
const SD_PER_MAD = 1.4826;

/**
 * Of the notable differences, the share that is negative, 0–1. Contrast only adds signal to a series without it: edges that are
 * dark on one side and bright on the other are of something that moved. Undefined where nothing is notable.
 */
export const darkShare = (difference: Difference): number | undefined => {
  const sorted = sampled(difference);
  const median = quantile(sorted, 0.5);
  const spread =
    SD_PER_MAD *
    quantile(
      sorted.map((value) => Math.abs(value - median)).sort((a, b) => a - b),
      0.5,
    );
  const notable = sorted.filter((value) => Math.abs(value - median) > NOTABLE_SDS * spread && value !== median);
  if (notable.length === 0) return undefined;
  return notable.filter((value) => value < 0).length / notable.length;
};

/** From here on it is said that the two may have moved. */
export const MOVED_SHARE = 0.2;
