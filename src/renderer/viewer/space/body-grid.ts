/**
 * A stack read anew on a grid along the axes of the body: trilinear, where the patient is (`#shared/study/resample/resample.ts`).
 * Coordinates are LPS (DICOM PS3.3 C.7.6.2.1.1), millimetres. Pure.
 */
import { add, dot, type StackGeometry, scale, stackNormal, type Vec3 } from '#shared/study/geometry.ts';
import type { PlacedVolume, VoxelArray } from '#shared/study/resample/placed-volume.ts';
import { resampleOnPlane } from '#shared/study/resample/resample.ts';
import { stackFrame } from '#shared/study/resample/stack-frame.ts';

const BODY_AXES: readonly [Vec3, Vec3, Vec3] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** Rows that are computed at once: some milliseconds, so that a page stays awake. */
const BAND = 16;
/** A last point may fall on the rim of the stack, which rounding must not decide; steps. */
const RIM = 1e-6;

/** Points at even steps along one axis of the body. */
interface Run {
  /** Coordinate of the first, mm. */
  from: number;
  step: number;
  count: number;
}

/** The farthest that pixel centres of a stack reach along an axis, mm. */
const reach = (g: StackGeometry, [, rows, columns]: PlacedVolume['shape'], axis: Vec3): [number, number] => {
  const across = [
    dot(axis, scale(g.rowDirection, (columns - 1) * g.columnSpacing)),
    dot(axis, scale(g.columnDirection, (rows - 1) * g.rowSpacing)),
  ];
  const origins = g.positions.map((position) => dot(axis, position));
  const below = across.reduce((sum, one) => sum + Math.min(0, one), 0);
  const above = across.reduce((sum, one) => sum + Math.max(0, one), 0);
  return [Math.min(...origins) + below, Math.max(...origins) + above];
};

/** As fine as never to step over a pixel or a slice, and no finer; in the middle of what there is. */
const runAlong = (volume: PlacedVolume, axis: Vec3, sliceGap: number): Run => {
  const { geometry: g, shape } = volume;
  const steps = [
    g.columnSpacing / Math.abs(dot(axis, g.rowDirection)),
    g.rowSpacing / Math.abs(dot(axis, g.columnDirection)),
    sliceGap / Math.abs(dot(axis, stackNormal(g))),
  ];
  const step = Math.min(...steps);
  const [low, high] = reach(g, shape, axis);
  const count = Math.floor((high - low) / step + RIM) + 1;
  return { from: low + (high - low - (count - 1) * step) / 2, step, count };
};

/** Of the same kind: half of the memory that wider numbers would take. */
const like = (data: VoxelArray, length: number): VoxelArray => {
  if (data instanceof Int16Array) return new Int16Array(length);
  return data instanceof Uint16Array ? new Uint16Array(length) : new Float32Array(length);
};

/**
 * Computed band by band: every step yields the share that is done. Whole numbers stay whole.
 * @param outside value of points that the stack does not show: beyond its rim, or where slices are missing
 * @returns an axial stack, rows to the patient's left and columns to the back, slices from the feet up
 * @throws AppError `unplaceable-series`
 */
export function* bodyGridSteps(source: PlacedVolume, outside: number): Generator<number, PlacedVolume> {
  const { typicalGap } = stackFrame(source);
  const [x, y, z] = BODY_AXES;
  const [along, back, up] = [
    runAlong(source, x, typicalGap),
    runAlong(source, y, typicalGap),
    runAlong(source, z, typicalGap),
  ];
  const data = like(source.data, up.count * back.count * along.count).fill(outside);
  const isWhole = !(data instanceof Float32Array);
  const positions = Array.from({ length: up.count }, (_, k): Vec3 => [along.from, back.from, up.from + k * up.step]);
  const [perColumn, perRow] = [scale(x, along.step), scale(y, back.step)];
  for (const [k, position] of positions.entries())
    for (let top = 0; top < back.count; top += BAND) {
      const rows = Math.min(BAND, back.count - top);
      const origin = add(position, scale(perRow, top));
      const { values, inside } = resampleOnPlane(source, { origin, perColumn, perRow, rows, columns: along.count });
      const start = (k * back.count + top) * along.count;
      for (let i = 0; i < values.length; i++) {
        const value = values[i] ?? outside;
        if (inside[i]) data[start + i] = isWhole ? Math.round(value) : value;
      }
      yield (k * back.count + top + rows) / (up.count * back.count);
    }
  const { frameOfReferenceUID } = source.geometry;
  return {
    shape: [up.count, back.count, along.count],
    data,
    geometry: {
      ...(frameOfReferenceUID === undefined ? {} : { frameOfReferenceUID }),
      rowDirection: x,
      columnDirection: y,
      columnSpacing: along.step,
      rowSpacing: back.step,
      positions,
      uniform: true,
    },
  };
}
