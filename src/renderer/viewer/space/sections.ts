/**
 * Axial, coronal and sagittal sections of one stack, cut along the axes of the body. A stack that lies along them keeps its own
 * pixels, in another order; any other one (oblique, askew, unevenly spaced) is read on a grid along the body first
 * (`body-grid.ts`). Each section is a stack with a geometry of its own, shown as any other. Pure.
 */
import {
  add,
  cross,
  distance,
  dot,
  length,
  type StackGeometry,
  scale,
  subtract,
  type Vec3,
} from '#shared/study/geometry.ts';
import type { PlacedVolume, VoxelArray } from '#shared/study/resample/placed-volume.ts';
import { bodyGridSteps } from './body-grid.ts';
import { mainAxis } from './orientation.ts';

export const sectionPlanes = ['axial', 'coronal', 'sagittal'] as const;
export type SectionPlane = (typeof sectionPlanes)[number];

export interface Section {
  shape: [number, number, number];
  geometry: StackGeometry;
  data: VoxelArray;
}

/** How far a slice may lie from where an even stack has it, mm. */
const EVEN_MM = 0.1;
/**
 * Sine of how far an array may be turned against the body and still be taken for its own: what rounded direction cosines make of
 * none. Over 400 mm such a plane leaves its name by 0.8 mm, less than a pixel; its place is exact all the same.
 */
const TURNED = 2e-3;

export type NoSections = 'unplaced' | 'one-slice';

/** Along one axis of the array: so many steps, each of them this way in the patient. */
interface ArrayAxis {
  step: Vec3;
  count: number;
  /** Between neighbours in the array. */
  stride: number;
}

const ORIGIN: Vec3 = [0, 0, 0];

const axesOf = ({ shape, geometry: g }: PlacedVolume): [ArrayAxis, ArrayAxis, ArrayAxis] => {
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
export const noSections = (slices: number, g: StackGeometry | undefined): NoSections | undefined => {
  if (!g || g.positions.length !== slices) return 'unplaced';
  return slices < 2 ? 'one-slice' : undefined;
};

const unit = (step: Vec3): Vec3 => scale(step, 1 / length(step));

/** Whether the array itself runs along the body: evenly, and each of its axes along another one of the patient's. */
const liesAlongBody = (source: PlacedVolume): boolean => {
  const axes = axesOf(source);
  const { positions } = source.geometry;
  const [between] = axes;
  const first = positions[0] ?? ORIGIN;
  const isEven = positions.every((position, k) => distance(position, add(first, scale(between.step, k))) <= EVEN_MM);
  const turnedBy = ({ step }: ArrayAxis): number => {
    const off = unit(step);
    off[mainAxis(step)] = 0;
    return length(off);
  };
  return isEven && axes.every((axis) => turnedBy(axis) <= TURNED);
};

/**
 * The stack from which every section is taken: itself, or what is read of it along the body. Every step yields the share that is
 * done. `noSections` has to be undefined. Throws `unplaceable-series`.
 */
export function* sectionSourceSteps(source: PlacedVolume, outside: number): Generator<number, PlacedVolume> {
  return liesAlongBody(source) ? source : yield* bodyGridSteps(source, outside);
}

/** Which way the patient lies on the screen: to the right of a row, and down. */
const SCREEN: Record<SectionPlane, { right: Vec3; down: Vec3 }> = {
  axial: { right: [1, 0, 0], down: [0, 1, 0] },
  coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
};

/** The array axis nearest to a direction, and whether it runs the other way. */
const along = (axes: readonly ArrayAxis[], direction: Vec3): { axis: ArrayAxis; isTurned: boolean } => {
  const nearness = ({ step }: ArrayAxis): number => Math.abs(dot(unit(step), direction));
  const [nearest] = [...axes].sort((a, b) => nearness(b) - nearness(a));
  if (!nearest) throw new RangeError('a stack has three axes');
  return { axis: nearest, isTurned: dot(nearest.step, direction) < 0 };
};

/** A section of what `sectionSourceSteps` made, plane by plane: every step yields the share that is done. */
export function* sectionSteps(source: PlacedVolume, plane: SectionPlane): Generator<number, Section> {
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
