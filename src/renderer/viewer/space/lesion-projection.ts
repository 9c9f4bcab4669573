/** Lesions on slices they were not drawn on: the same patient position, within the slab of the slice. */
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { lesionCenter } from './annotations.ts';
import { ontoSlice, sliceCovers } from './slices.ts';

export interface ProjectedLesion {
  lesion: Lesion;
  /** End points moved into the plane of the slice, mm LPS. */
  longAxis: [Vec3, Vec3];
  shortAxis: [Vec3, Vec3] | undefined;
}

/** Lesions that slice `k` of this stack shows. */
export const lesionsOnSlice = (
  lesions: readonly Lesion[],
  g: StackGeometry,
  k: number,
  options: { thicknessMm?: number | undefined } = {},
): ProjectedLesion[] =>
  lesions
    .filter((lesion) => sliceCovers(g, k, lesionCenter(lesion), options.thicknessMm))
    .map((lesion) => ({
      lesion,
      longAxis: [ontoSlice(g, k, lesion.longAxis[0]), ontoSlice(g, k, lesion.longAxis[1])],
      shortAxis: lesion.shortAxis && [ontoSlice(g, k, lesion.shortAxis[0]), ontoSlice(g, k, lesion.shortAxis[1])],
    }));

/** Distance in pixels from a point to a segment: what a click picks. */
export const distanceToSegment = (
  point: readonly [number, number],
  a: readonly [number, number],
  b: readonly [number, number],
): number => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const squared = dx * dx + dy * dy;
  const t = squared === 0 ? 0 : ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / squared;
  const clamped = Math.min(1, Math.max(0, t));
  return Math.hypot(point[0] - (a[0] + clamped * dx), point[1] - (a[1] + clamped * dy));
};
