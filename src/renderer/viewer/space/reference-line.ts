/** Where the slice of one stack crosses the slice of another. Pure; millimetres in patient space. */
import {
  add,
  cross,
  dot,
  length,
  pixelToPatient,
  type StackGeometry,
  scale,
  stackNormal,
  subtract,
  type Vec3,
} from '#shared/study/geometry.ts';

export interface CutSlice {
  g: StackGeometry;
  slice: number;
  rows: number;
  columns: number;
}

/**
 * sin 15°: an axial series that lies some degrees askew to the others is read as they are, pane beside pane, and a line across all of its
 * image would cover what is read. From there on nobody takes it for axial, and the line says where it is cut.
 */
const LEAST_SINE = 0.2588;

/** From where to where along a line a slice is met, in multiples of its direction; undefined where the line passes it by. */
const within = ({ g, slice, rows, columns }: CutSlice, point: Vec3, direction: Vec3): [number, number] | undefined => {
  // The rim of the outermost pixels, not their centres.
  const corner = pixelToPatient(g, slice, -0.5, -0.5);
  let [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [axis, extent] of [
    [g.rowDirection, columns * g.columnSpacing],
    [g.columnDirection, rows * g.rowSpacing],
  ] as const) {
    const [start, speed] = [dot(subtract(point, corner), axis), dot(direction, axis)];
    if (Math.abs(speed) < 1e-9) {
      if (start < 0 || start > extent) return undefined;
      continue;
    }
    const [a, b] = [-start / speed, (extent - start) / speed];
    from = Math.max(from, Math.min(a, b));
    to = Math.min(to, Math.max(a, b));
  }
  return from < to ? [from, to] : undefined;
};

/**
 * The line on which `cut` is crossed by `other`, as far as both images reach; undefined where they are parallel, or nowhere meet.
 */
export const referenceLine = (cut: CutSlice, other: CutSlice): [Vec3, Vec3] | undefined => {
  const [n, m] = [stackNormal(cut.g), stackNormal(other.g)];
  const [p, q] = [cut.g.positions[cut.slice], other.g.positions[other.slice]];
  const along = cross(n, m);
  if (!p || !q || length(along) < LEAST_SINE) return undefined;
  const direction = scale(along, 1 / length(along));
  // In the plane of `cut`, across the line: from p so far that the other plane is met.
  const across = cross(direction, n);
  const point = add(p, scale(across, dot(subtract(q, p), m) / dot(across, m)));
  const [a, b] = [within(cut, point, direction), within(other, point, direction)];
  if (!a || !b) return undefined;
  const [from, to] = [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
  return from < to ? [add(point, scale(direction, from)), add(point, scale(direction, to))] : undefined;
};
