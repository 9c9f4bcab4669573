/**
 * One region on every phase: the points of its own slice that lie in it, read from each series where they lie in the patient, moved by
 * hand or not, trilinear. On its own series these are the pixels themselves. Pure.
 */
import {
  add,
  dot,
  length,
  midpoint,
  pixelToPatient,
  type StackGeometry,
  scale,
  subtract,
  type Vec3,
} from '#shared/study/geometry.ts';
import type { PlacedVolume } from '#shared/study/resample/placed-volume.ts';
import { resampleOnPlane, type SampledPlane } from '#shared/study/resample/resample.ts';

export interface RegionPoints {
  plane: SampledPlane;
  /** 1 where a point of the plane lies in the region. */
  inRegion: Uint8Array;
}

export interface RegionInPhase {
  mean: number;
  /** With n − 1; 0 where there is one point. */
  sd: number;
  points: number;
  /** Of the region, 0–1, that the series shows. */
  covered: number;
}

/**
 * The pixel centres of slice `k` in an ellipse.
 * @param g where the slice lies in the reference; `points`, too: ends of one axis, then of the other, mm LPS
 * @returns undefined where no centre lies in it
 */
export const regionPoints = (
  g: StackGeometry,
  k: number,
  points: readonly [Vec3, Vec3, Vec3, Vec3],
): RegionPoints | undefined => {
  const origin = g.positions[k];
  const center = midpoint(points[0], points[1]);
  const [u, v] = [scale(subtract(points[1], points[0]), 0.5), scale(subtract(points[3], points[2]), 0.5)];
  const [a, b] = [length(u), length(v)];
  if (!origin || a === 0 || b === 0) return undefined;
  const away = subtract(center, origin);
  const longest = Math.max(a, b);
  const span = (middle: number, extent: number) => ({
    from: Math.ceil(middle - extent),
    count: Math.floor(middle + extent) - Math.ceil(middle - extent) + 1,
  });
  const row = span(dot(away, g.columnDirection) / g.rowSpacing, longest / g.rowSpacing);
  const column = span(dot(away, g.rowDirection) / g.columnSpacing, longest / g.columnSpacing);
  if (row.count <= 0 || column.count <= 0) return undefined;
  const plane: SampledPlane = {
    origin: pixelToPatient(g, k, row.from, column.from),
    perColumn: scale(g.rowDirection, g.columnSpacing),
    perRow: scale(g.columnDirection, g.rowSpacing),
    rows: row.count,
    columns: column.count,
  };
  const inRegion = new Uint8Array(plane.rows * plane.columns);
  for (let r = 0; r < plane.rows; r++)
    for (let c = 0; c < plane.columns; c++) {
      const at = subtract(add(plane.origin, add(scale(plane.perRow, r), scale(plane.perColumn, c))), center);
      if ((dot(at, u) / (a * a)) ** 2 + (dot(at, v) / (b * b)) ** 2 <= 1 + 1e-9) inRegion[r * plane.columns + c] = 1;
    }
  return inRegion.includes(1) ? { plane, inRegion } : undefined;
};

/** Undefined where the series shows nothing of the region. Throws `unplaceable-series`. */
export const regionInPhase = ({ plane, inRegion }: RegionPoints, volume: PlacedVolume): RegionInPhase | undefined => {
  const { values, inside } = resampleOnPlane(volume, plane);
  let [count, wanted, mean, squares] = [0, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (!inRegion[i]) continue;
    wanted += 1;
    if (!inside[i]) continue;
    count += 1;
    const value = values[i] ?? 0;
    const before = value - mean;
    mean += before / count;
    squares += before * (value - mean);
  }
  if (count === 0) return undefined;
  return { mean, sd: count > 1 ? Math.sqrt(squares / (count - 1)) : 0, points: count, covered: count / wanted };
};
