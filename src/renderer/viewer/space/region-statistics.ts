/** Mean and standard deviation of the pixels in an ellipse on a slice. Pure. */
import { dot, pixelToPatient, type StackGeometry, subtract } from '#shared/study/geometry.ts';
import type { RegionStatistics } from '#shared/study/mark.ts';
import { type EllipsePoints, ellipseOf, hasArea, isWithin, SpreadSum } from './ellipse.ts';

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
  points: EllipsePoints,
): RegionStatistics | undefined => {
  const origin = g.positions[slice];
  const ellipse = ellipseOf(points);
  if (!origin || !hasArea(ellipse)) return undefined;
  const away = subtract(ellipse.center, origin);
  const longest = Math.max(ellipse.a, ellipse.b);
  const [top, bottom] = reach(dot(away, g.columnDirection) / g.rowSpacing, longest / g.rowSpacing, rows);
  const [left, right] = reach(dot(away, g.rowDirection) / g.columnSpacing, longest / g.columnSpacing, columns);
  const sum = new SpreadSum();
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      if (!isWithin(ellipse, pixelToPatient(g, slice, row, column))) continue;
      const value = pixels[row * columns + column];
      if (value !== undefined) sum.add(value);
    }
  const found = sum.spread();
  return found && { mean: found.mean, sd: found.sd, pixels: found.count };
};
