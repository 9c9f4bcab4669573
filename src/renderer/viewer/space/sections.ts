/**
 * Axial, coronal and sagittal sections of one regular stack: its own pixels in another order, none of them interpolated. Each
 * is a stack with a geometry of its own, shown as any other. Pure.
 */
import {
  add,
  cross,
  distance,
  dot,
  length,
  type StackGeometry,
  scale,
  stackNormal,
  subtract,
  type Vec3,
} from '#shared/study/geometry.ts';
import type { VoxelArray } from '#shared/study/resample/placed-volume.ts';
import { mainAxis } from './orientation.ts';

export const sectionPlanes = ['axial', 'coronal', 'sagittal'] as const;
export type SectionPlane = (typeof sectionPlanes)[number];

export interface SectionSource {
  shape: readonly [number, number, number];
  data: VoxelArray;
  geometry: StackGeometry;
}

export interface Section {
  shape: [number, number, number];
  geometry: StackGeometry;
  data: VoxelArray;
}

/** How far a slice may lie from where an even stack has it, mm. */
const EVEN_MM = 0.1;
/** Sine of how far a stack may lean: what rounded direction cosines make of none. */
const LEAN = 1e-2;

export type NoSections = 'unplaced' | 'one-slice' | 'uneven' | 'two-axes-alike';

/** Along one axis of the array: so many steps, each of them this way in the patient. */
interface ArrayAxis {
  step: Vec3;
  count: number;
  /** Between neighbours in the array. */
  stride: number;
}

const ORIGIN: Vec3 = [0, 0, 0];

const axesOf = ({ shape, geometry: g }: SectionSource): [ArrayAxis, ArrayAxis, ArrayAxis] => {
  const [slices, rows, columns] = shape;
  const [first = ORIGIN, last = first] = [g.positions[0], g.positions[slices - 1]];
  const between = scale(subtract(last, first), 1 / Math.max(1, slices - 1));
  return [
    { step: between, count: slices, stride: rows * columns },
    { step: scale(g.columnDirection, g.rowSpacing), count: rows, stride: columns },
    { step: scale(g.rowDirection, g.columnSpacing), count: columns, stride: 1 },
  ];
};

/** Why a stack has no other sections; undefined where it has. */
export const noSections = (
  shape: readonly [number, number, number],
  g: StackGeometry | undefined,
): NoSections | undefined => {
  if (!g || g.positions.length !== shape[0]) return 'unplaced';
  const [first, last] = [g.positions[0], g.positions[g.positions.length - 1]];
  if (!first || !last || g.positions.length < 2) return 'one-slice';
  const [between] = axesOf({ shape, data: new Float32Array(0), geometry: g });
  const isEven = g.positions.every((position, k) => distance(position, add(first, scale(between.step, k))) <= EVEN_MM);
  // A sheared stack would show its coronal sections askew. Its slices are hardly farther apart for it: the lean itself is measured.
  const isStraight = length(cross(between.step, stackNormal(g))) <= LEAN * length(between.step);
  if (!isEven || !isStraight) return 'uneven';
  const mains = axesOf({ shape, data: new Float32Array(0), geometry: g }).map(({ step }) => mainAxis(step));
  return new Set(mains).size === 3 ? undefined : 'two-axes-alike';
};

/** Which way the patient lies on the screen: to the right of a row, and down. */
const SCREEN: Record<SectionPlane, { right: Vec3; down: Vec3 }> = {
  axial: { right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
};

const unit = (step: Vec3): Vec3 => scale(step, 1 / length(step));

/** The array axis nearest to a direction, and whether it runs the other way. */
const along = (axes: readonly ArrayAxis[], direction: Vec3): { axis: ArrayAxis; isTurned: boolean } => {
  const nearness = ({ step }: ArrayAxis): number => Math.abs(dot(unit(step), direction));
  const [nearest] = [...axes].sort((a, b) => nearness(b) - nearness(a));
  if (!nearest) throw new RangeError('a stack has three axes');
  return { axis: nearest, isTurned: dot(nearest.step, direction) < 0 };
};

/**
 * A section plane by plane: every step yields the share that is done. `noSections` has to be undefined.
 * Directions of an oblique stack are its own: the plane is the one nearest to its name.
 */
export function* sectionSteps(source: SectionSource, plane: SectionPlane): Generator<number, Section> {
  const axes = axesOf(source);
  const { right, down } = SCREEN[plane];
  const column = along(axes, right);
  const row = along(
    axes.filter((axis) => axis !== column.axis),
    down,
  );
  const through = axes.find((axis) => axis !== column.axis && axis !== row.axis);
  if (!through) throw new RangeError('a stack has three axes');
  const turned = ({ axis, isTurned }: { axis: ArrayAxis; isTurned: boolean }) =>
    isTurned ? scale(axis.step, -1) : axis.step;
  const [stepColumn, stepRow] = [turned(column), turned(row)];
  const normal = cross(unit(stepColumn), unit(stepRow));
  const slice = { axis: through, isTurned: dot(through.step, normal) < 0 };
  const stepSlice = turned(slice);
  const ends = [column, row, slice].map(({ axis, isTurned }) => (isTurned ? axis.count - 1 : 0));
  const starts = [column, row, slice].map(({ axis }, i) => (ends[i] ?? 0) * axis.stride);
  const start = starts.reduce((sum, one) => sum + one, 0);
  const origin = [column, row, slice].reduce<Vec3>(
    (at, { axis }, i) => add(at, scale(axis.step, ends[i] ?? 0)),
    source.geometry.positions[0] ?? ORIGIN,
  );
  const stride = ({ axis, isTurned }: { axis: ArrayAxis; isTurned: boolean }) =>
    isTurned ? -axis.stride : axis.stride;
  const [byColumn, byRow, bySlice] = [stride(column), stride(row), stride(slice)];
  const shape: Section['shape'] = [through.count, row.axis.count, column.axis.count];
  const data = source.data.slice();
  let to = 0;
  for (let k = 0; k < shape[0]; k++) {
    for (let r = 0; r < shape[1]; r++) {
      let from = start + k * bySlice + r * byRow;
      for (let c = 0; c < shape[2]; c++) {
        data[to++] = source.data[from] ?? 0;
        from += byColumn;
      }
    }
    yield (k + 1) / shape[0];
  }
  const { frameOfReferenceUID } = source.geometry;
  return {
    shape,
    data,
    geometry: {
      ...(frameOfReferenceUID === undefined ? {} : { frameOfReferenceUID }),
      rowDirection: unit(stepColumn),
      columnDirection: unit(stepRow),
      columnSpacing: length(stepColumn),
      rowSpacing: length(stepRow),
      positions: Array.from({ length: shape[0] }, (_, k) => add(origin, scale(stepSlice, k))),
      uniform: true,
    },
  };
}
