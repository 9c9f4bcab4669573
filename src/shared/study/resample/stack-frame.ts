import { AppError } from '../../errors.ts';
import { dot, length, stackNormal, type Vec3 } from '../geometry.ts';
import type { PlacedVolume } from './placed-volume.ts';

/** A stack's slices in its own orthonormal frame (row direction, column direction, normal), all in mm. */
export interface StackFrame {
  normal: Vec3;
  /** Coordinate of every slice along the normal, increasing. */
  along: Float64Array;
  /** Coordinates of every slice's first pixel along the row and the column direction. */
  rowOrigin: Float64Array;
  columnOrigin: Float64Array;
  /** Median distance between neighbouring slices, mm; 0 for a single slice. */
  typicalGap: number;
}

/** Direction cosines are written with few decimals: this much error of their length or right angle is rounding. */
const DIRECTION_TOLERANCE = 1e-2;

const unplaceable = (detail: string): AppError =>
  new AppError(
    'unplaceable-series',
    'The slices of this series cannot be placed in the patient, so it cannot be compared with the others. Choose another series for this role.',
    { detail },
  );

/** Throws `AppError('unplaceable-series')` where directions or positions do not describe a stack of parallel slices. */
export const stackFrame = (volume: PlacedVolume): StackFrame => {
  const { geometry, shape } = volume;
  const { rowDirection, columnDirection, positions } = geometry;
  if (positions.length !== shape[0]) throw unplaceable(`${positions.length} positions for ${shape[0]} slices`);
  const skew = Math.max(
    Math.abs(length(rowDirection) - 1),
    Math.abs(length(columnDirection) - 1),
    Math.abs(dot(rowDirection, columnDirection)),
  );
  if (!(skew < DIRECTION_TOLERANCE)) throw unplaceable(`direction cosines are off by ${skew}`);
  const normal = stackNormal(geometry);
  const along = Float64Array.from(positions, (p) => dot(normal, p));
  const gaps = Array.from(along.subarray(1), (t, k) => t - (along[k] ?? Number.NaN));
  if (!gaps.every((gap) => gap > 0)) throw unplaceable('slices are not sorted along their normal');
  gaps.sort((a, b) => a - b);
  return {
    normal,
    along,
    rowOrigin: Float64Array.from(positions, (p) => dot(rowDirection, p)),
    columnOrigin: Float64Array.from(positions, (p) => dot(columnDirection, p)),
    typicalGap: gaps[gaps.length >> 1] ?? 0,
  };
};
