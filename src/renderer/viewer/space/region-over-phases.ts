/**
 * One region on every phase: the points of its own slice that lie in it, read from each series where they lie in the patient, moved by
 * hand or not, trilinear. On its own series these are the pixels themselves. Pure.
 */
import { add, dot, pixelToPatient, type StackGeometry, scale, subtract } from '#shared/study/geometry.ts';
import type { PlacedVolume } from '#shared/study/resample/placed-volume.ts';
import { resampleOnPlane, type SampledPlane } from '#shared/study/resample/resample.ts';
import { type EllipsePoints, ellipseOf, hasArea, isWithin, SpreadSum } from './ellipse.ts';

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
export const regionPoints = (g: StackGeometry, k: number, points: EllipsePoints): RegionPoints | undefined => {
  const origin = g.positions[k];
  const ellipse = ellipseOf(points);
  if (!origin || !hasArea(ellipse)) return undefined;
  const away = subtract(ellipse.center, origin);
  const longest = Math.max(ellipse.a, ellipse.b);
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
      const at = add(plane.origin, add(scale(plane.perRow, r), scale(plane.perColumn, c)));
      if (isWithin(ellipse, at)) inRegion[r * plane.columns + c] = 1;
    }
  return inRegion.includes(1) ? { plane, inRegion } : undefined;
};

/** Undefined where the series shows nothing of the region. Throws `unplaceable-series`. */
export const regionInPhase = ({ plane, inRegion }: RegionPoints, volume: PlacedVolume): RegionInPhase | undefined => {
  const { values, inside } = resampleOnPlane(volume, plane);
  const sum = new SpreadSum();
  let wanted = 0;
  for (let i = 0; i < values.length; i++) {
    if (!inRegion[i]) continue;
    wanted += 1;
    if (inside[i]) sum.add(values[i] ?? 0);
  }
  const found = sum.spread();
  return found && { mean: found.mean, sd: found.sd, points: found.count, covered: found.count / wanted };
};
