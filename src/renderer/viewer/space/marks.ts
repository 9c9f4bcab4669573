/** Marks as the drawing tools hold them, and the slice that each is on. */
import { distance, type StackGeometry, type Vec3 } from '#shared/study/geometry.ts';
import { angleDegrees, type DrawnMark, type MarkTool, markPlace } from '#shared/study/mark.ts';
import { SMALLEST_DIAMETER_MM } from './annotations.ts';
import { nearestSlice, onlyIndexOf } from './slices.ts';

/** A drawing whose first two points are nearer than a hand can mean is a slip; an arrow may be as short as it likes to be seen. */
const isSlip = (points: readonly Vec3[]): boolean => {
  const [a, b] = points;
  return !a || !b || distance(a, b) < SMALLEST_DIAMETER_MM;
};

type Source = Pick<DrawnMark, 'seriesId' | 'sopInstanceUID'>;

const shaped = (tool: MarkTool, points: readonly Vec3[], source: Source): DrawnMark | undefined => {
  const [a, b, c, d] = points;
  if (!a || !b) return undefined;
  switch (tool) {
    case 'length':
    case 'arrow':
      return { ...source, tool, points: [a, b] };
    case 'angle':
      return c && angleDegrees([a, b, c]) !== undefined ? { ...source, tool, points: [a, b, c] } : undefined;
    case 'ellipse':
      return c && d && distance(c, d) > 0 ? { ...source, tool, points: [a, b, c, d] } : undefined;
  }
};

/** What the points of a drawing are as a mark; undefined where it is too small, or not complete yet. */
export const markFromPoints = (tool: MarkTool, points: readonly Vec3[], source: Source): DrawnMark | undefined =>
  isSlip(points) ? undefined : shaped(tool, points, source);

/** The slice that a mark is on: by its image where that is named once, else the nearest to where it lies. */
export const sliceOfMark = (mark: DrawnMark, g: StackGeometry, sopInstanceUIDs: readonly string[]): number =>
  (mark.sopInstanceUID ? onlyIndexOf(sopInstanceUIDs, mark.sopInstanceUID) : undefined) ??
  nearestSlice(g, markPlace(mark)).index;
