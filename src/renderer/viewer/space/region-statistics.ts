/** Mean and standard deviation of the pixels in an ellipse on a slice. Pure. */
import {
  dot,
  length,
  midpoint,
  pixelToPatient,
  type StackGeometry,
  scale,
  subtract,
  type Vec3,
} from '#shared/study/geometry.ts';
import type { RegionStatistics } from '#shared/study/mark.ts';

export interface SlicePixels {
  g: StackGeometry;
  slice: number;
  /** Of this slice, row-major. */
  pixels: ArrayLike<number>;
  rows: number;
  columns: number;
}

/** Indices along one direction that an ellipse can reach, kept within the image. */
const reach = (middle: number, extent: number, count: number): [number, number] => [
  Math.max(0, Math.ceil(middle - extent)),
  Math.min(count - 1, Math.floor(middle + extent)),
];

/**
 * Of the pixels whose centres lie in the ellipse or on its rim.
 * @param points ends of one axis, then of the other, mm LPS on the slice
 * @returns undefined where no pixel has its centre there
 */
export const regionStatistics = (
  { g, slice, pixels, rows, columns }: SlicePixels,
  points: readonly [Vec3, Vec3, Vec3, Vec3],
): RegionStatistics | undefined => {
  const origin = g.positions[slice];
  const center = midpoint(points[0], points[1]);
  const [u, v] = [scale(subtract(points[1], points[0]), 0.5), scale(subtract(points[3], points[2]), 0.5)];
  const [a, b] = [length(u), length(v)];
  if (!origin || a === 0 || b === 0) return undefined;
  const away = subtract(center, origin);
  const longest = Math.max(a, b);
  const [top, bottom] = reach(dot(away, g.columnDirection) / g.rowSpacing, longest / g.rowSpacing, rows);
  const [left, right] = reach(dot(away, g.rowDirection) / g.columnSpacing, longest / g.columnSpacing, columns);
  // Welford's way: values far from zero lose no digits.
  let [count, mean, squares] = [0, 0, 0];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const at = subtract(pixelToPatient(g, slice, row, column), center);
      if ((dot(at, u) / (a * a)) ** 2 + (dot(at, v) / (b * b)) ** 2 > 1 + 1e-9) continue;
      const value = pixels[row * columns + column];
      if (value === undefined) continue;
      count += 1;
      const before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
    }
  if (count === 0) return undefined;
  return { mean, sd: count > 1 ? Math.sqrt(squares / (count - 1)) : 0, pixels: count };
};
