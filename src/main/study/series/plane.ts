/** Orientation of an image in the patient, from ImageOrientationPatient (0020,0037). */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { cross, dot, length, scale, type Vec3 } from '#shared/study/geometry.ts';
import { type Unplaced, unplaced } from '#shared/study/messages/stacks.ts';
import { numbers } from './fact-values.ts';

export interface Orientation {
  rowDirection: Vec3;
  columnDirection: Vec3;
}

export type Plane = 'axial' | 'coronal' | 'sagittal' | 'oblique';

/** Unit vectors may be rounded to a few decimals; beyond this they describe no rectangular grid. */
const unitTolerance = 0.01;

const vec3 = (values: readonly number[], at: number): Vec3 | undefined => {
  const [x, y, z] = values.slice(at, at + 3);
  return x === undefined || y === undefined || z === undefined ? undefined : [x, y, z];
};

/**
 * Orientation of an image, or the reason why it has none. Rounded directions are normalised and made exactly
 * perpendicular; anything further off is refused, because a sheared grid would misplace every measurement.
 */
export const readOrientation = (facts: SeriesFacts): Orientation | Unplaced => {
  const values = numbers(facts, 'ImageOrientationPatient');
  const row = values?.length === 6 ? vec3(values, 0) : undefined;
  const column = values?.length === 6 ? vec3(values, 3) : undefined;
  if (!row || !column) return unplaced('no-orientation');
  const off = Math.max(Math.abs(length(row) - 1), Math.abs(length(column) - 1), Math.abs(dot(row, column)));
  if (!(off <= unitTolerance)) return unplaced('bad-orientation', { off: off.toFixed(3) });
  const rowDirection = scale(row, 1 / length(row));
  const normal = cross(rowDirection, column);
  const perpendicular = cross(scale(normal, 1 / length(normal)), rowDirection);
  return { rowDirection, columnDirection: perpendicular };
};

export const isOriented = (found: Orientation | Unplaced): found is Orientation => 'rowDirection' in found;

/** Cosine of the angle within which a plane carries its name; liver scans are tilted by up to about 30°. */
const namedWithin = Math.cos((35 * Math.PI) / 180);

export const planeOf = (orientation: Orientation): Plane => {
  const [x, y, z] = cross(orientation.rowDirection, orientation.columnDirection).map(Math.abs);
  if ((z ?? 0) >= namedWithin) return 'axial';
  if ((y ?? 0) >= namedWithin) return 'coronal';
  return (x ?? 0) >= namedWithin ? 'sagittal' : 'oblique';
};

/**
 * Cosine of 0.2°: rounding of directions to three decimals stays within it, and across a 400 mm image it moves a pixel
 * by 1.4 mm at most. Anything further apart is another stack.
 */
const sameWithin = Math.cos((0.2 * Math.PI) / 180);

export const sameOrientation = (a: Orientation, b: Orientation): boolean =>
  dot(a.rowDirection, b.rowDirection) >= sameWithin && dot(a.columnDirection, b.columnDirection) >= sameWithin;
