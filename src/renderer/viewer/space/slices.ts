/** Where the slices of a stack lie in patient space, and which of them shows a given position. Millimetres throughout. */
import { add, dot, type StackGeometry, scale, stackNormal, subtract, type Vec3 } from '#shared/study/geometry.ts';

/** Rounding of positions stored as decimal strings (DS, 16 characters) never reaches this. */
const TOLERANCE_MM = 1e-3;

/** A hole in a stack is not bridged: a slice stands for at most this share of the median spacing on either side. */
const LARGEST_HALF_SLAB = 0.75;

const median = (values: number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
};

/** Position of every slice along the stack normal, mm. Ascending, as the contract sorts the slices. */
export const sliceOffsets = (g: StackGeometry): number[] => {
  const normal = stackNormal(g);
  return g.positions.map((position) => dot(position, normal));
};

/**
 * How far slice `k` stands for its surroundings, mm below and above its plane: half way to its neighbours.
 * A single slice has no neighbour; its thickness decides, or only its own plane where that is unknown.
 */
export const slabOf = (g: StackGeometry, k: number, thicknessMm?: number): { below: number; above: number } => {
  const offsets = sliceOffsets(g);
  const gaps = offsets.slice(1).map((offset, i) => offset - (offsets[i] ?? offset));
  if (gaps.length === 0) return { below: (thicknessMm ?? 0) / 2, above: (thicknessMm ?? 0) / 2 };
  const limit = median(gaps) * LARGEST_HALF_SLAB;
  const before = gaps[k - 1] ?? gaps[k] ?? 0;
  const after = gaps[k] ?? gaps[k - 1] ?? 0;
  return { below: Math.min(before / 2, limit), above: Math.min(after / 2, limit) };
};

/** Signed distance of a position from the plane of slice `k`, mm along the stack normal. */
export const distanceToSlice = (g: StackGeometry, k: number, position: Vec3): number => {
  const origin = g.positions[k];
  if (!origin) throw new RangeError(`slice ${k} of ${g.positions.length}`);
  return dot(subtract(position, origin), stackNormal(g));
};

export interface NearestSlice {
  index: number;
  /** Signed, mm. */
  distanceMm: number;
  /** False where no slice of the stack stands for the position: above, below, or in a hole. */
  covered: boolean;
}

/** True where the slab of slice `k` contains the position (in-plane extent is not asked). */
export const sliceCovers = (g: StackGeometry, k: number, position: Vec3, thicknessMm?: number): boolean => {
  const d = distanceToSlice(g, k, position);
  const slab = slabOf(g, k, thicknessMm);
  return d >= -slab.below - TOLERANCE_MM && d <= slab.above + TOLERANCE_MM;
};

/** The slice whose plane is nearest to a patient position, by projection onto the stack's normal. */
export const nearestSlice = (g: StackGeometry, position: Vec3, thicknessMm?: number): NearestSlice => {
  let index = 0;
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < g.positions.length; k++) {
    const d = Math.abs(distanceToSlice(g, k, position));
    if (d < best) {
      best = d;
      index = k;
    }
  }
  return {
    index,
    distanceMm: distanceToSlice(g, index, position),
    covered: sliceCovers(g, index, position, thicknessMm),
  };
};

/** The same position moved along the stack's normal into the plane of slice `k`. */
export const ontoSlice = (g: StackGeometry, k: number, position: Vec3): Vec3 =>
  add(position, scale(stackNormal(g), -distanceToSlice(g, k, position)));

/** Centre of slice `k`, mm LPS. */
export const sliceCenter = (g: StackGeometry, k: number, rows: number, columns: number): Vec3 => {
  const origin = g.positions[k];
  if (!origin) throw new RangeError(`slice ${k} of ${g.positions.length}`);
  return add(
    origin,
    add(
      scale(g.rowDirection, ((columns - 1) / 2) * g.columnSpacing),
      scale(g.columnDirection, ((rows - 1) / 2) * g.rowSpacing),
    ),
  );
};

/** Where `value` stands, if it stands there alone: frames of one object, and images of a careless anonymiser, share UIDs. */
export const onlyIndexOf = (values: readonly string[], value: string): number | undefined => {
  const index = values.indexOf(value);
  return index >= 0 && index === values.lastIndexOf(value) ? index : undefined;
};
