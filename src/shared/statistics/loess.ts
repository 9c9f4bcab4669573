/**
 * Local regression of degree 2 in one variable as R's stats::loess fits it (Cleveland and Grosse): fitted exactly at the
 * vertices of a tree over the data, and between them by the cubic that has the fitted values and slopes at its ends.
 */
import { NotEstimable } from './estimate.ts';
import { solve } from './linear.ts';

/** Share of a neighbourhood that a cell of the tree may hold. */
const CELL = 0.2;
/** The box around the data is wider than they are. */
const MARGIN = 0.005;

interface Vertex {
  readonly x: number;
  readonly value: number;
  readonly slope: number;
}

const tricube = (distance: number, bandwidth: number): number => {
  if (distance >= bandwidth * 0.999) return 0;
  return distance <= bandwidth * 0.001 ? 1 : (1 - (distance / bandwidth) ** 3) ** 3;
};

/** The local parabola at `at`: its value and slope there. */
const fitAt = (x: readonly number[], y: readonly number[], at: number, neighbours: number): Vertex => {
  const distances = x.map((value) => Math.abs(value - at));
  const bandwidth = [...distances].sort((a, b) => a - b)[neighbours - 1] ?? 0;
  if (!(bandwidth > 0)) throw new NotEstimable('Too many patients share a score for a local regression.');
  const moments = new Array<number>(5).fill(0);
  const right = new Array<number>(3).fill(0);
  for (const [index, distance] of distances.entries()) {
    const weight = tricube(distance, bandwidth);
    const step = ((x[index] ?? 0) - at) / bandwidth;
    for (let power = 0; power < 5; power++) moments[power] = (moments[power] ?? 0) + weight * step ** power;
    for (let power = 0; power < 3; power++)
      right[power] = (right[power] ?? 0) + weight * step ** power * (y[index] ?? 0);
  }
  const rows = [0, 1, 2].map((row) => moments.slice(row, row + 3));
  const [value = 0, slope = 0] = solve(rows, right);
  return { x: at, value, slope: slope / bandwidth };
};

/** Cuts within a run of sorted values, so that no cell holds more than `most` of them. */
const cuts = (
  sorted: readonly number[],
  low: number,
  high: number,
  from: number,
  to: number,
  most: number,
): number[] => {
  if (to - from + 1 <= most) return [];
  let middle = Math.floor((from + to) / 2);
  while (middle > from && sorted[middle - 1] === sorted[middle]) middle--;
  const cut = sorted[middle] ?? low;
  if (cut === low || cut === high) return [];
  return [...cuts(sorted, low, cut, from, middle, most), cut, ...cuts(sorted, cut, high, middle + 1, to, most)];
};

const between = (left: Vertex, right: Vertex, x: number): number => {
  const width = right.x - left.x;
  const t = (x - left.x) / width;
  const [t2, t3] = [t * t, t * t * t];
  return (
    (2 * t3 - 3 * t2 + 1) * left.value +
    (t3 - 2 * t2 + t) * width * left.slope +
    (3 * t2 - 2 * t3) * right.value +
    (t3 - t2) * width * right.slope
  );
};

/** Fitted values at each x. Throws `NotEstimable` where too few distinct values lie in a neighbourhood. */
export const loess = (x: readonly number[], y: readonly number[], span = 0.75): number[] => {
  const n = x.length;
  const neighbours = Math.min(n, Math.floor(n * span + 1e-5));
  if (neighbours < 4) throw new NotEstimable('There are too few patients for a local regression.');
  const sorted = [...x].sort((a, b) => a - b);
  const [first = 0, last = 0] = [sorted[0], sorted[n - 1]];
  const margin = MARGIN * (last - first);
  const most = Math.floor(n * span * CELL);
  const [low, high] = [first - margin, last + margin];
  const vertices = [low, ...cuts(sorted, low, high, 0, n - 1, Math.max(1, most)), high].map((at) =>
    fitAt(x, y, at, neighbours),
  );
  return x.map((value) => {
    const right = vertices.findIndex((vertex) => vertex.x >= value);
    const [a, b] = [vertices[Math.max(0, right - 1)], vertices[Math.max(1, right)]];
    if (!a || !b) throw new NotEstimable('There are too few patients for a local regression.');
    return between(a, b, value);
  });
};
