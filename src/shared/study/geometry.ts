/**
 * Patient-space geometry. Coordinates are DICOM LPS (x towards the patient's Left, y towards Posterior,
 * z towards Superior), in millimetres (DICOM PS3.3 C.7.6.2.1.1).
 */
import { z } from 'zod';

export const vec3Schema = z.tuple([z.number(), z.number(), z.number()]);
export type Vec3 = z.infer<typeof vec3Schema>;

/**
 * A stack of parallel slices. Pixel (row r, column c) of slice k has its centre at
 * `positions[k] + c * columnSpacing * rowDirection + r * rowSpacing * columnDirection`.
 */
export const stackGeometrySchema = z.object({
  frameOfReferenceUID: z.string().optional(),
  /** Unit vector along increasing column index (first three values of ImageOrientationPatient). */
  rowDirection: vec3Schema,
  /** Unit vector along increasing row index (last three values of ImageOrientationPatient). */
  columnDirection: vec3Schema,
  /** Distance between columns, mm (second value of PixelSpacing). */
  columnSpacing: z.number().positive(),
  /** Distance between rows, mm (first value of PixelSpacing). */
  rowSpacing: z.number().positive(),
  /** ImagePositionPatient of every slice, sorted along +(rowDirection × columnDirection). */
  positions: z.array(vec3Schema),
  /** True where the distance between neighbours varies by less than 1 % (or 0.05 mm). */
  uniform: z.boolean(),
});
export type StackGeometry = z.infer<typeof stackGeometrySchema>;

/** A flat grid in patient space: what the model sees, and where its map belongs. */
export const planeGridSchema = z.object({
  /** Centre of the whole grid, mm LPS. */
  center: vec3Schema,
  /** Unit vector along increasing column index. */
  rowDirection: vec3Schema,
  /** Unit vector along increasing row index. */
  columnDirection: vec3Schema,
  rows: z.int().positive(),
  columns: z.int().positive(),
  /** Edge of one (square) cell, mm. */
  spacing: z.number().positive(),
});
export type PlaneGrid = z.infer<typeof planeGridSchema>;

export const add = (a: Vec3, b: Vec3): Vec3 => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
export const subtract = (a: Vec3, b: Vec3): Vec3 => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
export const scale = (a: Vec3, k: number): Vec3 => [a[0] * k, a[1] * k, a[2] * k];
export const dot = (a: Vec3, b: Vec3): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
export const cross = (a: Vec3, b: Vec3): Vec3 => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];
export const length = (a: Vec3): number => Math.hypot(a[0], a[1], a[2]);
export const distance = (a: Vec3, b: Vec3): number => length(subtract(a, b));
export const midpoint = (a: Vec3, b: Vec3): Vec3 => scale(add(a, b), 0.5);

/** Slice normal, pointing from the first slice of the sorted stack to the last. */
export const stackNormal = (g: Pick<StackGeometry, 'rowDirection' | 'columnDirection'>): Vec3 =>
  cross(g.rowDirection, g.columnDirection);

/** Patient position (mm LPS) of a fractional pixel index of slice `k`. */
export const pixelToPatient = (g: StackGeometry, k: number, row: number, column: number): Vec3 => {
  const origin = g.positions[k];
  if (!origin) throw new RangeError(`slice ${k} of ${g.positions.length}`);
  return add(
    origin,
    add(scale(g.rowDirection, column * g.columnSpacing), scale(g.columnDirection, row * g.rowSpacing)),
  );
};

/** Patient position (mm LPS) of the centre of a grid cell. */
export const cellToPatient = (g: PlaneGrid, row: number, column: number): Vec3 =>
  add(
    g.center,
    add(
      scale(g.rowDirection, (column - (g.columns - 1) / 2) * g.spacing),
      scale(g.columnDirection, (row - (g.rows - 1) / 2) * g.spacing),
    ),
  );
