/**
 * Lesions as the drawing tool holds them: four points in patient space (mm LPS), long axis first.
 * RECIST 1.1 (Eisenhauer 2009) measures the longest diameter; the short axis is the longest one perpendicular to it.
 */
import { add, cross, distance, dot, length, midpoint, scale, subtract, type Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';

export type DrawnLesion = Omit<Lesion, 'id' | 'label' | 'kind'>;
export type ReadonlyPoint = ArrayLike<number>;

/** Below this a drag was a slip of the hand, not a measurement; no lesion that small can be seen on MRI. */
export const SMALLEST_DIAMETER_MM = 2;

const toVec3 = (point: ReadonlyPoint | undefined): Vec3 | undefined => {
  const [x, y, z] = point ? [point[0], point[1], point[2]] : [];
  return Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z) ? [Number(x), Number(y), Number(z)] : undefined;
};

export type Refusal = 'incomplete' | 'too-small';

/**
 * The measurement in four drawn points, or why they are none. The longer pair becomes the long axis.
 * @param source `isShortDrawn`: whether a person drew the second pair. The tool puts one there for every long axis, which is
 * no measurement: without a hand on it, the lesion has no short axis.
 */
export const lesionFromPoints = (
  points: readonly ReadonlyPoint[],
  source: { seriesId: string; sopInstanceUID?: string | undefined; isShortDrawn: boolean },
): { lesion: DrawnLesion } | { refused: Refusal } => {
  const [a, b, c, d] = [toVec3(points[0]), toVec3(points[1]), toVec3(points[2]), toVec3(points[3])];
  if (!a || !b) return { refused: 'incomplete' };
  const second: [Vec3, Vec3] | undefined = source.isShortDrawn && c && d && distance(c, d) > 0 ? [c, d] : undefined;
  const swapped = second !== undefined && distance(...second) > distance(a, b);
  const longAxis: [Vec3, Vec3] = swapped ? second : [a, b];
  const shortAxis: [Vec3, Vec3] | undefined = swapped ? [a, b] : second;
  if (distance(...longAxis) < SMALLEST_DIAMETER_MM) return { refused: 'too-small' };
  return {
    lesion: {
      seriesId: source.seriesId,
      ...(source.sopInstanceUID ? { sopInstanceUID: source.sopInstanceUID } : {}),
      longAxis,
      ...(shortAxis ? { shortAxis } : {}),
    },
  };
};

/** Half of the tick that stands for a short axis nobody drew, as a share of the long one: two handles to draw it by. */
const HALF_TICK = 0.05;

/** A tick across the middle of a long axis, in the plane of the slice: too short to be taken for a measurement. */
const tickAcross = ([a, b]: [Vec3, Vec3], normal: Vec3): [Vec3, Vec3] => {
  const middle = midpoint(a, b);
  const half = scale(cross(normal, subtract(b, a)), HALF_TICK / length(normal));
  return [add(middle, half), subtract(middle, half)];
};

/** Four points for the drawing tool. A lesion without a short axis gets a tick at its middle, across `normal` of the slice. */
export const pointsOfLesion = (
  lesion: Pick<Lesion, 'longAxis' | 'shortAxis'>,
  normal: Vec3 = [0, 0, 1],
): [Vec3, Vec3, Vec3, Vec3] => {
  const [c, d] = lesion.shortAxis ?? tickAcross(lesion.longAxis, normal);
  const [a, b] = lesion.longAxis;
  return [[...a], [...b], [...c], [...d]];
};

export const diametersMm = (lesion: Pick<Lesion, 'longAxis' | 'shortAxis'>): { long: number; short?: number } => ({
  long: distance(...lesion.longAxis),
  ...(lesion.shortAxis ? { short: distance(...lesion.shortAxis) } : {}),
});

export const lesionCenter = (lesion: Pick<Lesion, 'longAxis'>): Vec3 => midpoint(...lesion.longAxis);

/** True where two measurements are the same to a hundredth of a millimetre: nothing to report, nothing to redraw. */
export const sameMeasurement = (
  a: Pick<Lesion, 'longAxis' | 'shortAxis'>,
  b: Pick<Lesion, 'longAxis' | 'shortAxis'>,
): boolean => {
  const second = pointsOfLesion(b);
  return (
    (a.shortAxis === undefined) === (b.shortAxis === undefined) &&
    pointsOfLesion(a).every((point, i) => distance(point, second[i] ?? point) < 0.01)
  );
};

/** Angle between the axes in degrees; RECIST asks for 90. Undefined without a short axis. */
export const axesAngle = (lesion: Pick<Lesion, 'longAxis' | 'shortAxis'>): number | undefined => {
  if (!lesion.shortAxis) return undefined;
  const u = subtract(lesion.longAxis[1], lesion.longAxis[0]);
  const v = subtract(lesion.shortAxis[1], lesion.shortAxis[0]);
  const cosine = dot(scale(u, 1 / length(u)), scale(v, 1 / length(v)));
  return (Math.acos(Math.min(1, Math.abs(cosine))) * 180) / Math.PI;
};
