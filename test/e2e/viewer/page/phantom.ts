/** Synthetic patients: intensity as a function of patient position, sampled by stacks of any orientation. */
import { pixelToPatient, type StackGeometry, type Vec3 } from '#shared/study/geometry.ts';

export interface StackSpec {
  rowDirection: Vec3;
  columnDirection: Vec3;
  /** Patient position at the middle of the stack, mm LPS. */
  center: Vec3;
  rows: number;
  columns: number;
  slices: number;
  rowSpacing: number;
  columnSpacing: number;
  sliceSpacing: number;
  frame?: string;
}

export const stackOf = (spec: StackSpec): StackGeometry => {
  const { rowDirection: r, columnDirection: c } = spec;
  const n: Vec3 = [r[1] * c[2] - r[2] * c[1], r[2] * c[0] - r[0] * c[2], r[0] * c[1] - r[1] * c[0]];
  const along = (axis: 0 | 1 | 2, k: number): number =>
    spec.center[axis] +
    n[axis] * (k - (spec.slices - 1) / 2) * spec.sliceSpacing -
    r[axis] * ((spec.columns - 1) / 2) * spec.columnSpacing -
    c[axis] * ((spec.rows - 1) / 2) * spec.rowSpacing;
  return {
    frameOfReferenceUID: spec.frame ?? '1.2.3',
    rowDirection: r,
    columnDirection: c,
    columnSpacing: spec.columnSpacing,
    rowSpacing: spec.rowSpacing,
    positions: Array.from({ length: spec.slices }, (_, k): Vec3 => [along(0, k), along(1, k), along(2, k)]),
    uniform: true,
  };
};

export const sample = (spec: StackSpec, intensity: (p: Vec3) => number): Int16Array<ArrayBuffer> => {
  const g = stackOf(spec);
  const pixels = new Int16Array(spec.slices * spec.rows * spec.columns);
  let i = 0;
  for (let k = 0; k < spec.slices; k++)
    for (let r = 0; r < spec.rows; r++)
      for (let c = 0; c < spec.columns; c++) pixels[i++] = intensity(pixelToPatient(g, k, r, c));
  return pixels;
};

const inside = (p: Vec3, center: Vec3, radii: Vec3): boolean =>
  ((p[0] - center[0]) / radii[0]) ** 2 + ((p[1] - center[1]) / radii[1]) ** 2 + ((p[2] - center[2]) / radii[2]) ** 2 <
  1;

/** Cheap noise that is the same for the same place. */
const noise = (p: Vec3): number => {
  const s = Math.sin(p[0] * 12.9898 + p[1] * 78.233 + p[2] * 37.719) * 43758.5453;
  return (s - Math.floor(s) - 0.5) * 2;
};

export const LESION: Vec3 = [-70, -10, 42];

export interface Contrast {
  body: number;
  liver: number;
  lesion: number;
  core: number;
  spleen: number;
}

/** Body, liver on the patient's right, lesion with a core, spleen on the left, spine behind. */
export const liver =
  (contrast: Contrast) =>
  (p: Vec3): number => {
    const rough = noise(p) * 22;
    if (!inside(p, [0, 0, 40], [160, 115, 400])) return Math.abs(rough) * 0.4;
    if (inside(p, [LESION[0] + 3, LESION[1], LESION[2]], [16, 15, 16])) return contrast.core + rough;
    if (inside(p, LESION, [34, 30, 32])) return contrast.lesion + rough;
    if (inside(p, [0, 70, 40], [24, 24, 400])) return 120 + rough;
    if (inside(p, [-60, -5, 40], [88, 78, 85])) return contrast.liver + rough;
    if (inside(p, [95, 35, 50], [38, 42, 50])) return contrast.spleen + rough;
    if (!inside(p, [0, 0, 40], [148, 103, 400])) return 460 + rough;
    return contrast.body + rough;
  };

export const BLOCK: Vec3 = [32, -21, 15];
/** Tall, so that a tilted slice cuts it whole. */
export const BLOCK_HALF_MM: Vec3 = [6, 6, 25];

/** Darkness with one bright bar, square in the axial plane. */
export const block = (p: Vec3): number =>
  p.every((value, axis) => Math.abs(value - (BLOCK[axis] ?? 0)) <= (BLOCK_HALF_MM[axis] ?? 0)) ? 1000 : 0;
