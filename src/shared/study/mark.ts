/** Marks that are no lesions: what a reader measures or points at beside them. Points in patient space, mm LPS. */
import { z } from 'zod';
import { distance, dot, length, midpoint, subtract, type Vec3, vec3Schema } from './geometry.ts';
import type { Lesion } from './lesion.ts';
import { markedPlaceSchema } from './marked-place.ts';

/** Of the pixels whose centres lie in an ellipse, in the values of the series; `sd` with n − 1, 0 where there is one pixel. */
export const regionStatisticsSchema = z.object({ mean: z.number(), sd: z.number(), pixels: z.int().positive() });
export type RegionStatistics = z.infer<typeof regionStatisticsSchema>;

export const markSchema = z.discriminatedUnion('tool', [
  markedPlaceSchema.extend({ tool: z.literal('length'), points: z.tuple([vec3Schema, vec3Schema]) }),
  /** The vertex stands in the middle. */
  markedPlaceSchema.extend({ tool: z.literal('angle'), points: z.tuple([vec3Schema, vec3Schema, vec3Schema]) }),
  /** The ends of one axis, then of the other. */
  markedPlaceSchema.extend({
    tool: z.literal('ellipse'),
    points: z.tuple([vec3Schema, vec3Schema, vec3Schema, vec3Schema]),
    /** As they were when it was drawn; absent where no pixel has its centre in it. */
    statistics: regionStatisticsSchema.optional(),
  }),
  /** The tip first. */
  markedPlaceSchema.extend({ tool: z.literal('arrow'), points: z.tuple([vec3Schema, vec3Schema]) }),
]);
export type Mark = z.infer<typeof markSchema>;
export type MarkTool = Mark['tool'];
export const markTools = ['length', 'angle', 'ellipse', 'arrow'] as const satisfies readonly MarkTool[];

type Omitted<T> = T extends unknown ? Omit<T, 'id' | 'label'> : never;
/** One that the case has not taken yet. */
export type DrawnMark = Omitted<Mark>;

export const isMark = (marked: Lesion | Mark): marked is Mark => 'tool' in marked;

/** Where a view goes that is brought to a mark: the tip of an arrow, the vertex of an angle, the middle of the others. */
export const markPlace = (mark: DrawnMark): Vec3 => {
  switch (mark.tool) {
    case 'arrow':
      return mark.points[0];
    case 'angle':
      return mark.points[1];
    default:
      return midpoint(mark.points[0], mark.points[1]);
  }
};

/** Degrees at the vertex, 0–180; undefined where a leg has no length. */
export const angleDegrees = ([a, vertex, b]: readonly [Vec3, Vec3, Vec3]): number | undefined => {
  const [u, v] = [subtract(a, vertex), subtract(b, vertex)];
  const lengths = length(u) * length(v);
  if (lengths === 0) return undefined;
  return (Math.acos(Math.max(-1, Math.min(1, dot(u, v) / lengths))) * 180) / Math.PI;
};

/** mm², of the ellipse itself and not of the pixels in it. */
export const ellipseAreaMm2 = ([a, b, c, d]: readonly [Vec3, Vec3, Vec3, Vec3]): number =>
  (Math.PI * distance(a, b) * distance(c, d)) / 4;
