/** Stacks of any orientation for the tests of this folder. */
import { add, cross, type StackGeometry, scale, type Vec3 } from '#shared/study/geometry.ts';

export interface StackOptions {
  rowDirection?: Vec3;
  columnDirection?: Vec3;
  /** Centre of the first pixel of the first slice. */
  origin?: Vec3;
  slices?: number;
  spacing?: number;
  rowSpacing?: number;
  columnSpacing?: number;
  frame?: string;
}

export const makeStack = (options: StackOptions = {}): StackGeometry => {
  const {
    rowDirection = [1, 0, 0],
    columnDirection = [0, 1, 0],
    origin = [0, 0, 0],
    slices = 10,
    spacing = 3,
  } = options;
  const normal = cross(rowDirection, columnDirection);
  return {
    frameOfReferenceUID: options.frame ?? '1.2.3',
    rowDirection,
    columnDirection,
    rowSpacing: options.rowSpacing ?? 1,
    columnSpacing: options.columnSpacing ?? 1,
    positions: Array.from({ length: slices }, (_, k) => add(origin, scale(normal, k * spacing))),
    uniform: true,
  };
};

/** A slice turned about the patient's right–left axis. */
export const tilted = (degrees: number): Pick<StackOptions, 'rowDirection' | 'columnDirection'> => {
  const a = (degrees * Math.PI) / 180;
  return { rowDirection: [1, 0, 0], columnDirection: [0, Math.cos(a), Math.sin(a)] };
};
