/** Synthetic volumes with known content in patient space. */
import {
  add,
  cellToPatient,
  cross,
  type PlaneGrid,
  pixelToPatient,
  type StackGeometry,
  scale,
  type Vec3,
} from '#shared/study/geometry.ts';
import type { PlacedVolume } from '#shared/study/resample/placed-volume.ts';
import type { DecodedVolume } from '../../../../../src/main/study/records.ts';

/** Rotation by Euler angles (radians) about x, y, z applied to a vector. */
export const rotate = (v: Vec3, [ax, ay, az]: Vec3): Vec3 => {
  const [x, y, z] = v;
  const [y1, z1] = [y * Math.cos(ax) - z * Math.sin(ax), y * Math.sin(ax) + z * Math.cos(ax)];
  const [x2, z2] = [x * Math.cos(ay) + z1 * Math.sin(ay), -x * Math.sin(ay) + z1 * Math.cos(ay)];
  return [x2 * Math.cos(az) - y1 * Math.sin(az), x2 * Math.sin(az) + y1 * Math.cos(az), z2];
};

export interface StackOptions {
  /** Patient position of the middle of the stack, mm. */
  middle: Vec3;
  angles?: Vec3;
  rows: number;
  columns: number;
  rowSpacing: number;
  columnSpacing: number;
  /** Distances between neighbouring slices, mm. */
  gaps: number[];
  /** In-plane shift of each slice per mm along the normal (a sheared stack). */
  shear?: number;
  frameOfReferenceUID?: string;
}

export const stackGeometry = (o: StackOptions): StackGeometry => {
  const angles = o.angles ?? [0, 0, 0];
  const rowDirection = rotate([1, 0, 0], angles);
  const columnDirection = rotate([0, 1, 0], angles);
  const normal = cross(rowDirection, columnDirection);
  const extent = o.gaps.reduce((sum, gap) => sum + gap, 0);
  const corner = add(
    o.middle,
    add(
      scale(rowDirection, (-(o.columns - 1) / 2) * o.columnSpacing),
      scale(columnDirection, (-(o.rows - 1) / 2) * o.rowSpacing),
    ),
  );
  let along = -extent / 2;
  const positions = [0, ...o.gaps].map((gap) => {
    along += gap;
    return add(corner, add(scale(normal, along), scale(rowDirection, (o.shear ?? 0) * along)));
  });
  return {
    rowDirection,
    columnDirection,
    columnSpacing: o.columnSpacing,
    rowSpacing: o.rowSpacing,
    positions,
    uniform: new Set(o.gaps).size <= 1,
    ...(o.frameOfReferenceUID ? { frameOfReferenceUID: o.frameOfReferenceUID } : {}),
  };
};

/** Fills a stack with a function of patient position (mm LPS). */
export const filledVolume = (
  geometry: StackGeometry,
  rows: number,
  columns: number,
  f: (p: Vec3) => number,
): PlacedVolume => {
  const slices = geometry.positions.length;
  const data = new Float32Array(slices * rows * columns);
  let i = 0;
  for (let k = 0; k < slices; k++)
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) data[i++] = f(pixelToPatient(geometry, k, r, c));
  return { shape: [slices, rows, columns], data, geometry };
};

export const gaussian =
  (center: Vec3, sigmaMm: number) =>
  ([x, y, z]: Vec3): number =>
    Math.exp(-((x - center[0]) ** 2 + (y - center[1]) ** 2 + (z - center[2]) ** 2) / (2 * sigmaMm ** 2));

/** Intensity-weighted centre of what lies on a grid, mm LPS. */
export const centroid = (values: Float32Array, grid: PlaneGrid): Vec3 => {
  let sum = 0;
  let at: Vec3 = [0, 0, 0];
  for (let r = 0; r < grid.rows; r++)
    for (let c = 0; c < grid.columns; c++) {
      const w = values[r * grid.columns + c] ?? 0;
      sum += w;
      at = add(at, scale(cellToPatient(grid, r, c), w));
    }
  return scale(at, 1 / sum);
};

export const decoded = (volume: PlacedVolume, seriesId: string): DecodedVolume => {
  const { shape, data, geometry } = volume;
  return {
    data,
    info: {
      openId: 'test',
      seriesId,
      shape,
      dtype: 'float32',
      geometry,
      sopInstanceUIDs: geometry.positions.map((_, k) => `1.2.3.${k}`),
      window: { center: 0.5, width: 1 },
      range: { min: 0, max: 1 },
      invert: false,
      url: `/volumes/test/${seriesId}`,
      bytes: data.byteLength,
    },
  };
};
