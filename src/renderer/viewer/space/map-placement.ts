/**
 * Where the evidence map belongs on a slice. The map is a flat grid in patient space (PlaneGrid); a slice shows it when
 * its slab contains the middle of the map and its plane is nearly parallel to it. Every point of the map is carried
 * along the map's own normal onto the slice, which is affine, so three points place the whole picture on the screen.
 */
import {
  add,
  cellToPatient,
  cross,
  dot,
  type PlaneGrid,
  type StackGeometry,
  scale,
  stackNormal,
  subtract,
  type Vec3,
} from '#shared/study/geometry.ts';
import { nearestSlice, sliceCovers } from './slices.ts';

/** cos 30°: beyond this a slice cuts the map more than it shows it. */
const LEAST_PARALLEL = 0.866;

export const gridNormal = (grid: PlaneGrid): Vec3 => cross(grid.rowDirection, grid.columnDirection);

export type MapVisibility =
  | { shown: true }
  /** The map lies in slice `slice` of this stack. */
  | { shown: false; reason: 'other-slice'; slice: number }
  /** No slice of this stack reaches the map. */
  | { shown: false; reason: 'not-covered' }
  | { shown: false; reason: 'tilted' };

export const mapVisibility = (grid: PlaneGrid, g: StackGeometry, k: number, thicknessMm?: number): MapVisibility => {
  if (Math.abs(dot(stackNormal(g), gridNormal(grid))) < LEAST_PARALLEL) return { shown: false, reason: 'tilted' };
  if (sliceCovers(g, k, grid.center, thicknessMm)) return { shown: true };
  const nearest = nearestSlice(g, grid.center, thicknessMm);
  return nearest.covered
    ? { shown: false, reason: 'other-slice', slice: nearest.index }
    : { shown: false, reason: 'not-covered' };
};

/** The point of slice `k` that lies on the map's normal through fractional cell (row, column), mm LPS. */
export const cellOnSlice = (grid: PlaneGrid, g: StackGeometry, k: number, row: number, column: number): Vec3 => {
  const origin = g.positions[k];
  if (!origin) throw new RangeError(`slice ${k} of ${g.positions.length}`);
  const onMap = cellToPatient(grid, row, column);
  const along = gridNormal(grid);
  const normal = stackNormal(g);
  const d = dot(subtract(origin, onMap), normal) / dot(along, normal);
  return add(onMap, scale(along, d));
};

/** Outer corners of a grid on slice `k`, in drawing order: the edges of the outermost cells, not their centres. */
export const gridCorners = (grid: PlaneGrid, g: StackGeometry, k: number): [Vec3, Vec3, Vec3, Vec3] => {
  const [bottom, right] = [grid.rows - 0.5, grid.columns - 0.5];
  return [
    cellOnSlice(grid, g, k, -0.5, -0.5),
    cellOnSlice(grid, g, k, -0.5, right),
    cellOnSlice(grid, g, k, bottom, right),
    cellOnSlice(grid, g, k, bottom, -0.5),
  ];
};

/** [a, b, c, d, e, f] of CanvasRenderingContext2D.setTransform: x' = a x + c y + e, y' = b x + d y + f. */
export type Affine = [number, number, number, number, number, number];

/**
 * Places a picture of the grid, `width` × `height` pixels over all its cells, on the canvas of slice `k`.
 * `toCanvas` turns mm LPS into canvas pixels and is affine on a slice (parallel projection).
 */
export const pictureToCanvas = (
  grid: PlaneGrid,
  g: StackGeometry,
  k: number,
  picture: { width: number; height: number },
  toCanvas: (position: Vec3) => readonly [number, number],
): Affine => {
  const [topLeft, topRight, , bottomLeft] = gridCorners(grid, g, k);
  const [ox, oy] = toCanvas(topLeft);
  const [rx, ry] = toCanvas(topRight);
  const [bx, by] = toCanvas(bottomLeft);
  return [
    (rx - ox) / picture.width,
    (ry - oy) / picture.width,
    (bx - ox) / picture.height,
    (by - oy) / picture.height,
    ox,
    oy,
  ];
};
