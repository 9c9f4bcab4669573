/** Area that a polygon and the unit circle share, exact. Pure. */

type Point = readonly [number, number];

const cross = (a: Point, b: Point): number => a[0] * b[1] - a[1] * b[0];
const dot = (a: Point, b: Point): number => a[0] * b[0] + a[1] * b[1];

/** The edge from `a` to `b`, cut where it crosses the circle. */
const piecesOf = (a: Point, b: Point): [Point, Point][] => {
  const d: Point = [b[0] - a[0], b[1] - a[1]];
  const [square, half, rest] = [dot(d, d), dot(a, d), dot(a, a) - 1];
  const discriminant = half * half - square * rest;
  const root = Math.sqrt(Math.max(0, discriminant));
  const cuts = discriminant > 0 ? [(-half - root) / square, (-half + root) / square].filter((t) => t > 0 && t < 1) : [];
  const at = (t: number): Point => [a[0] + t * d[0], a[1] + t * d[1]];
  const ends = [a, ...cuts.map(at), b];
  return ends.slice(1).map((end, i) => [ends[i] ?? a, end]);
};

/** Signed area between the centre and a piece: a triangle within the circle, a sector without. */
const areaOf = ([a, b]: [Point, Point]): number => {
  const middle: Point = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  return (dot(middle, middle) <= 1 ? cross(a, b) : Math.atan2(cross(a, b), dot(a, b))) / 2;
};

/** @param corners of a polygon without holes, in order, either way round */
export const overlapWithUnitCircle = (corners: readonly Point[]): number =>
  Math.abs(
    corners
      .flatMap((corner, i) => piecesOf(corner, corners[(i + 1) % corners.length] ?? corner))
      .reduce((sum, piece) => sum + areaOf(piece), 0),
  );
