import { cellToPatient, dot, type PlaneGrid, scale, type Vec3 } from '../geometry.ts';
import type { PlacedVolume, VoxelArray } from './placed-volume.ts';
import { type StackFrame, stackFrame } from './stack-frame.ts';

/** Points in rows and columns at even steps, which need be neither square nor at a right angle. */
export interface SampledPlane {
  /** Of the first point, mm LPS. */
  origin: Vec3;
  perColumn: Vec3;
  perRow: Vec3;
  rows: number;
  columns: number;
}

export interface Resampled {
  /** Row-major [rows, columns] of the plane; 0 where outside. */
  values: Float32Array;
  /** 1 where the cell lies inside the image. */
  inside: Uint8Array;
  /** Share of cells inside, 0–1. */
  coverage: number;
  /** First and last slice that were read; null where none was. */
  slices: { first: number; last: number } | null;
}

/** A gap this many times the usual one is missing slices, not a wider spacing: its middle is outside. */
const HOLE_FACTOR = 2.5;
/** Half a pixel is a limit that rounding must not decide, mm or pixels. */
const EDGE_TOLERANCE = 1e-6;

/** Where a coordinate along the normal falls: two slices and the weight of the second. Null where outside the stack. */
export const locateSlice = (
  frame: StackFrame,
  t: number,
  singleSliceReachMm: number,
): { k0: number; k1: number; weight: number } | null => {
  const { along, typicalGap } = frame;
  const last = along.length - 1;
  const first = along[0] ?? Number.NaN;
  const end = along[last] ?? Number.NaN;
  const reach = (last === 0 ? singleSliceReachMm : typicalGap / 2) + EDGE_TOLERANCE;
  if (!(t >= first - reach && t <= end + reach)) return null;
  if (t <= first) return { k0: 0, k1: 0, weight: 0 };
  if (t >= end) return { k0: last, k1: last, weight: 0 };
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((along[middle] ?? Number.NaN) <= t) low = middle;
    else high = middle;
  }
  const before = along[low] ?? Number.NaN;
  const gap = (along[high] ?? Number.NaN) - before;
  const into = t - before;
  if (gap > HOLE_FACTOR * typicalGap && into > reach && gap - into > reach) return null;
  return { k0: low, k1: high, weight: into / gap };
};

/** Bilinear value at a fractional pixel, clamped to the edge; NaN where more than half a pixel outside. */
const bilinear = (data: VoxelArray, offset: number, rows: number, columns: number, row: number, column: number) => {
  const half = 0.5 + EDGE_TOLERANCE;
  if (!(row >= -half && row <= rows - 1 + half && column >= -half && column <= columns - 1 + half)) return Number.NaN;
  const r = Math.min(rows - 1, Math.max(0, row));
  const c = Math.min(columns - 1, Math.max(0, column));
  const r0 = Math.floor(r);
  const c0 = Math.floor(c);
  const r1 = r0 + 1 < rows ? r0 + 1 : r0;
  const c1 = c0 + 1 < columns ? c0 + 1 : c0;
  const fr = r - r0;
  const fc = c - c0;
  const upper = offset + r0 * columns;
  const lower = offset + r1 * columns;
  const top = (data[upper + c0] ?? Number.NaN) * (1 - fc) + (data[upper + c1] ?? Number.NaN) * fc;
  const bottom = (data[lower + c0] ?? Number.NaN) * (1 - fc) + (data[lower + c1] ?? Number.NaN) * fc;
  return top * (1 - fr) + bottom * fr;
};

/**
 * A volume on a plane, trilinear in patient space: bilinear within the two slices around a point, linear between
 * them along the normal. Each slice has its own position, so uneven spacing, oblique, rotated, sheared and anisotropic
 * stacks come out where they belong. A point within half a pixel or half a slice distance of the edge takes the edge's
 * value (pixels have an extent); what is farther out, in a hole between slices, or not a number is outside.
 * Throws `AppError('unplaceable-series')`.
 */
export const resampleOnPlane = (volume: PlacedVolume, plane: SampledPlane): Resampled => {
  const frame = stackFrame(volume);
  const { geometry, data, shape } = volume;
  const [, rows, columns] = shape;
  const sliceSize = rows * columns;
  const count = plane.rows * plane.columns;
  const values = new Float32Array(count);
  const inside = new Uint8Array(count);
  // A lone slice's thickness is not known here: it reaches half a pixel to each side.
  const singleSliceReachMm = Math.min(geometry.rowSpacing, geometry.columnSpacing) / 2;

  const { origin } = plane;
  // Every coordinate in the stack's frame is affine in the plane's (row, column).
  const axes = [frame.normal, geometry.rowDirection, geometry.columnDirection].map((axis) => ({
    start: dot(axis, origin),
    perRow: dot(axis, plane.perRow),
    perColumn: dot(axis, plane.perColumn),
  }));
  const [alongAxis, rowAxis, columnAxis] = axes;
  if (!alongAxis || !rowAxis || !columnAxis) throw new Error('three axes');

  const sample = (k: number, u: number, v: number) =>
    bilinear(
      data,
      k * sliceSize,
      rows,
      columns,
      (v - (frame.columnOrigin[k] ?? Number.NaN)) / geometry.rowSpacing,
      (u - (frame.rowOrigin[k] ?? Number.NaN)) / geometry.columnSpacing,
    );

  let covered = 0;
  let first = shape[0];
  let last = -1;
  // An axial stack meets the plane at one coordinate: its slices are looked up once.
  const flat = alongAxis.perRow === 0 && alongAxis.perColumn === 0;
  let place = flat ? locateSlice(frame, alongAxis.start, singleSliceReachMm) : null;
  for (let r = 0; r < plane.rows; r++) {
    for (let c = 0; c < plane.columns; c++) {
      if (!flat) {
        const t = alongAxis.start + r * alongAxis.perRow + c * alongAxis.perColumn;
        place = locateSlice(frame, t, singleSliceReachMm);
      }
      if (!place) continue;
      const { k0, k1, weight } = place;
      const u = rowAxis.start + r * rowAxis.perRow + c * rowAxis.perColumn;
      const v = columnAxis.start + r * columnAxis.perRow + c * columnAxis.perColumn;
      const value = weight === 0 ? sample(k0, u, v) : sample(k0, u, v) * (1 - weight) + sample(k1, u, v) * weight;
      if (!Number.isFinite(value)) continue;
      const i = r * plane.columns + c;
      values[i] = value;
      inside[i] = 1;
      covered++;
      if (k0 < first) first = k0;
      const deepest = weight === 0 ? k0 : k1;
      if (deepest > last) last = deepest;
    }
  }
  return { values, inside, coverage: covered / count, slices: last < 0 ? null : { first, last } };
};

/** The same on a grid of square cells. */
export const resampleOnGrid = (volume: PlacedVolume, grid: PlaneGrid): Resampled =>
  resampleOnPlane(volume, {
    origin: cellToPatient(grid, 0, 0),
    perColumn: scale(grid.rowDirection, grid.spacing),
    perRow: scale(grid.columnDirection, grid.spacing),
    rows: grid.rows,
    columns: grid.columns,
  });
