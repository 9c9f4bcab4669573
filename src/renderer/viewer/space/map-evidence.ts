/**
 * What the evidence map says at a point and over a region, in its own resolution: the log-odds of its cells, never of the
 * picture between them. Points and regions of a slice are carried onto the map along its normal, as the picture is drawn.
 */
import { sum } from '#shared/statistics/estimate.ts';
import { dot, type PlaneGrid, type StackGeometry, subtract, type Vec3 } from '#shared/study/geometry.ts';
import { overlapWithUnitCircle } from './circle-overlap.ts';
import { type EllipsePoints, ellipseOf } from './ellipse.ts';
import { mapVisibility } from './map-placement.ts';

export interface EvidenceMap {
  grid: PlaneGrid;
  /** Log-odds per cell, row-major, `grid.rows` × `grid.columns`. */
  values: readonly number[];
}

/** Columns and rows from the centre of the grid to a position, along its normal; in cells. */
const inCells = ({ rowDirection, columnDirection, spacing }: PlaneGrid, way: Vec3): readonly [number, number] => [
  dot(way, rowDirection) / spacing,
  dot(way, columnDirection) / spacing,
];

/** Of the cell that a position lies in; undefined outside of the map. */
export const evidenceAt = ({ grid, values }: EvidenceMap, position: Vec3): number | undefined => {
  const [right, down] = inCells(grid, subtract(position, grid.center));
  const [row, column] = [Math.floor(down + grid.rows / 2), Math.floor(right + grid.columns / 2)];
  if (row < 0 || row >= grid.rows || column < 0 || column >= grid.columns) return undefined;
  return values[row * grid.columns + column];
};

export interface RegionEvidence {
  /** Σ of the cells, each by the share of its area that lies in the region; log-odds. */
  sum: number;
  /** Of all cells: what the image adds to the prediction. */
  whole: number;
  /** Of `whole`, 0–1; undefined where one stands against the other, since a share of a difference says nothing. */
  share: number | undefined;
  /** Of the region, 0–1, that lies in the map. */
  covered: number;
}

/**
 * The evidence in an ellipse.
 * @param points ends of one axis, then of the other, mm LPS
 * @returns undefined where the ellipse has no area on the map
 */
export const evidenceIn = ({ grid, values }: EvidenceMap, points: EllipsePoints): RegionEvidence | undefined => {
  const { center, u, v } = ellipseOf(points);
  const [cx, cy] = inCells(grid, subtract(center, grid.center));
  const [ux, uy] = inCells(grid, u);
  const [vx, vy] = inCells(grid, v);
  const area = ux * vy - uy * vx;
  if (area === 0) return undefined;
  /** Where a corner of a cell lies when the ellipse is drawn as the unit circle. */
  const onCircle = (row: number, column: number): [number, number] => {
    const [x, y] = [column - grid.columns / 2 - cx, row - grid.rows / 2 - cy];
    return [(x * vy - y * vx) / area, (y * ux - x * uy) / area];
  };
  let [within, cells] = [0, 0];
  for (let row = 0; row < grid.rows; row++)
    for (let column = 0; column < grid.columns; column++) {
      const corners = [
        onCircle(row, column),
        onCircle(row, column + 1),
        onCircle(row + 1, column + 1),
        onCircle(row + 1, column),
      ];
      const inside = overlapWithUnitCircle(corners) * Math.abs(area);
      within += inside * (values[row * grid.columns + column] ?? 0);
      cells += inside;
    }
  const whole = sum(values);
  const share = whole === 0 ? undefined : within / whole;
  return {
    sum: within,
    whole,
    share: share !== undefined && share >= 0 && share <= 1 ? share : undefined,
    covered: Math.min(1, cells / (Math.PI * Math.abs(area))),
  };
};

export interface HiddenEvidence {
  cells: number;
  /** Log-odds. */
  sum: number;
}

export const isHidden = (value: number, least: number): boolean => Math.abs(value) < least;

/** What a threshold leaves out: the cells with less than `least` log-odds, for or against. */
export const hiddenEvidence = (values: readonly number[], least: number): HiddenEvidence => {
  const hidden = values.filter((value) => isHidden(value, least));
  return { cells: hidden.length, sum: sum(hidden) };
};

/** A slice of a stack of the map's own frame of reference. */
export interface MapSlice {
  g: StackGeometry;
  slice: number;
  thicknessMm: number | undefined;
}

/** Whether the map lies over this slice; elsewhere it says nothing. */
export const isOnSlice = ({ grid }: EvidenceMap, { g, slice, thicknessMm }: MapSlice): boolean =>
  mapVisibility(grid, g, slice, thicknessMm).shown;
