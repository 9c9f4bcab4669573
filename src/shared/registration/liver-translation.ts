/**
 * How far a patient lies from where they lay at another examination, found from the liver. A rigid translation alone: it is
 * there to show both dates alike, never to measure. Pure.
 *
 * The liver is taken for the largest connected region of even signal on the patient's right; its surroundings are compared by
 * normalised cross-correlation, which another gain of the scanner does not change, from coarse steps to fine ones. What
 * changes within the liver (a lesion under treatment) is a small part of what is compared.
 */
import { dot, type StackGeometry, stackNormal, subtract, type Vec3 } from '../study/geometry.ts';

export interface PlacedVolume {
  readonly pixels: ArrayLike<number>;
  /** Slices, rows, columns. */
  readonly shape: readonly [slices: number, rows: number, columns: number];
  readonly geometry: StackGeometry;
}

export interface FoundTranslation {
  /** From the place in the earlier examination to the place in this one, mm LPS. */
  readonly movedMm: Vec3;
  /** Of both livers and what is around them, −1 to 1. */
  readonly correlation: number;
}

/**
 * `mirrored`: left and right of one examination are those of the other the other way round. Coordinates cannot tell, since each
 * series says its own; the place of the liver and what is around it can.
 */
export type Translation = FoundTranslation | 'mirrored';

/** Edge of the cubes in which the liver is sought, mm. */
const CELL_MM = 5;
/** Of the signal of the liver: what still counts as its own. */
const EVENNESS = 0.22;
/** Surroundings of the liver that are compared with it, cells: its edge is what places it. */
const RIM_CELLS = 2;
/** A liver is larger than this, cells: 250 ml. */
const FEWEST_CELLS = 2_000;
const MOST_POINTS = 4_000;
/** A patient is placed anew within this of the time before, mm along each axis. */
const REACH_MM = 40;
/** Once more by a slice before the last: between slices the slope has dips. */
const STEPS_MM = [10, 5, 2.5, 5, 1] as const;
const MOST_TURNS = 8;
/** Below this both do not show the same body. */
const LEAST_CORRELATION = 0.5;
/** Of the points compared, those that both stacks have to hold. */
const LEAST_OVERLAP = 0.6;

type Sampler = (x: number, y: number, z: number) => number;

/** Trilinear; `NaN` outside of the stack. */
const samplerOf = ({ pixels, shape, geometry: g }: PlacedVolume): Sampler | undefined => {
  const [slices, rows, columns] = shape;
  const [first] = g.positions;
  const last = g.positions[slices - 1];
  if (!first || !last || slices < 2 || g.positions.length !== slices) return undefined;
  const normal = stackNormal(g);
  const gap = dot(subtract(last, first), normal) / (slices - 1);
  if (!(gap > 0)) return undefined;
  const [r, c] = [g.rowDirection, g.columnDirection];
  const plane = rows * columns;
  return (x, y, z) => {
    const [dx, dy, dz] = [x - first[0], y - first[1], z - first[2]];
    const column = (dx * r[0] + dy * r[1] + dz * r[2]) / g.columnSpacing;
    const row = (dx * c[0] + dy * c[1] + dz * c[2]) / g.rowSpacing;
    const slice = (dx * normal[0] + dy * normal[1] + dz * normal[2]) / gap;
    if (!(column >= 0 && row >= 0 && slice >= 0 && column <= columns - 1 && row <= rows - 1 && slice <= slices - 1)) {
      return Number.NaN;
    }
    const [k, i, j] = [Math.min(Math.floor(slice), slices - 2), Math.floor(row), Math.floor(column)];
    const [fk, fi, fj] = [slice - k, row - i, column - j];
    const [down, right] = [i + 1 < rows ? columns : 0, j + 1 < columns ? 1 : 0];
    const start = k * plane + i * columns + j;
    const at = (index: number): number => {
      const left = (pixels[index] ?? 0) * (1 - fj) + (pixels[index + right] ?? 0) * fj;
      const below = (pixels[index + down] ?? 0) * (1 - fj) + (pixels[index + down + right] ?? 0) * fj;
      return left * (1 - fi) + below * fi;
    };
    return at(start) * (1 - fk) + at(start + plane) * fk;
  };
};

interface Cells {
  readonly origin: Vec3;
  readonly shape: readonly [number, number, number];
  readonly values: Float32Array;
}

/** Both ends of a stack along each axis, mm LPS. */
const extentOf = ({ shape, geometry: g }: PlacedVolume): { low: Vec3; high: Vec3 } => {
  const [, rows, columns] = shape;
  const corners = [g.positions[0], g.positions[g.positions.length - 1]].flatMap((p): Vec3[] =>
    p
      ? [0, 1].flatMap((a) =>
          [0, 1].map((b): Vec3 => {
            const [u, v] = [a * (columns - 1) * g.columnSpacing, b * (rows - 1) * g.rowSpacing];
            return [
              p[0] + u * g.rowDirection[0] + v * g.columnDirection[0],
              p[1] + u * g.rowDirection[1] + v * g.columnDirection[1],
              p[2] + u * g.rowDirection[2] + v * g.columnDirection[2],
            ];
          }),
        )
      : [],
  );
  const along = (pick: (...values: number[]) => number): Vec3 => [
    pick(...corners.map(([x]) => x)),
    pick(...corners.map(([, y]) => y)),
    pick(...corners.map(([, , z]) => z)),
  ];
  return { low: along(Math.min), high: along(Math.max) };
};

const cellsOf = (volume: PlacedVolume, sample: Sampler): Cells => {
  const { low, high } = extentOf(volume);
  const count = (axis: 0 | 1 | 2) => Math.max(1, Math.floor((high[axis] - low[axis]) / CELL_MM) + 1);
  const shape = [count(0), count(1), count(2)] as const;
  const values = new Float32Array(shape[0] * shape[1] * shape[2]);
  let index = 0;
  for (let k = 0; k < shape[2]; k++)
    for (let j = 0; j < shape[1]; j++)
      for (let i = 0; i < shape[0]; i++)
        values[index++] = sample(low[0] + i * CELL_MM, low[1] + j * CELL_MM, low[2] + k * CELL_MM);
  return { origin: low, shape, values };
};

/** Middle of the body across, as a cell: half way between the outermost signal. */
const middleOf = ({ shape, values }: Cells, floor: number): number => {
  let [left, right] = [shape[0], 0];
  for (let index = 0; index < values.length; index++) {
    if (!((values[index] ?? 0) > floor)) continue;
    const i = index % shape[0];
    left = Math.min(left, i);
    right = Math.max(right, i);
  }
  return (left + right) / 2;
};

const BINS = 64;

/** The signal that most cells of the patient's right have, apart from air: the liver's. */
const liverSignal = (signals: readonly number[]): number => {
  const sorted = signals.toSorted((a, b) => a - b);
  const top = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  const counts = new Array<number>(BINS).fill(0);
  for (const signal of signals) {
    const bin = Math.min(BINS - 1, Math.floor((signal / top) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  // Over three bins: noise makes no peak.
  const smooth = counts.map((count, i) => count + (counts[i - 1] ?? 0) + (counts[i + 1] ?? 0));
  return ((smooth.indexOf(Math.max(...smooth)) + 0.5) * top) / BINS;
};

const neighbours = (index: number, [nx, ny, nz]: Cells['shape']): number[] => {
  const [i, j, k] = [index % nx, Math.floor(index / nx) % ny, Math.floor(index / (nx * ny))];
  return [
    ...(i > 0 ? [index - 1] : []),
    ...(i < nx - 1 ? [index + 1] : []),
    ...(j > 0 ? [index - nx] : []),
    ...(j < ny - 1 ? [index + nx] : []),
    ...(k > 0 ? [index - nx * ny] : []),
    ...(k < nz - 1 ? [index + nx * ny] : []),
  ];
};

/** The largest connected part of `wanted`. */
const largestPart = (wanted: Uint8Array, shape: Cells['shape']): number[] => {
  const seen = new Uint8Array(wanted.length);
  let best: number[] = [];
  for (let start = 0; start < wanted.length; start++) {
    if (!wanted[start] || seen[start]) continue;
    const part = [start];
    seen[start] = 1;
    for (let at = 0; at < part.length; at++) {
      for (const next of neighbours(part[at] ?? 0, shape)) {
        if (!wanted[next] || seen[next]) continue;
        seen[next] = 1;
        part.push(next);
      }
    }
    if (part.length > best.length) best = part;
  }
  return best;
};

/** Cells of the liver and its rim; empty where there is none. */
const liverCells = (cells: Cells): number[] => {
  const { shape, values } = cells;
  const known = [...values].filter((value) => Number.isFinite(value)).sort((a, b) => a - b);
  const floor = 0.1 * (known[Math.floor(known.length * 0.95)] ?? 0);
  const middle = middleOf(cells, floor);
  // x grows towards the patient's left, whatever way the image is turned.
  const isRight = (index: number) => index % shape[0] < middle;
  const signals = [...values].filter((value, index) => value > floor && isRight(index));
  if (signals.length < FEWEST_CELLS) return [];
  const signal = liverSignal(signals);
  const wanted = Uint8Array.from(values, (value, index) =>
    isRight(index) && Math.abs(value - signal) < EVENNESS * signal ? 1 : 0,
  );
  const part = largestPart(wanted, shape);
  if (part.length < FEWEST_CELLS) return [];
  const region = new Set(part);
  let edge = part;
  for (let ring = 0; ring < RIM_CELLS; ring++) {
    edge = edge.flatMap((index) => neighbours(index, shape).filter((next) => !region.has(next) && region.add(next)));
  }
  return [...region].filter((index) => Number.isFinite(values[index]));
};

interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly value: number;
}

const pointsOf = ({ origin, shape, values }: Cells, indices: readonly number[]): Point[] => {
  const step = Math.max(1, Math.ceil(indices.length / MOST_POINTS));
  return indices
    .filter((_, n) => n % step === 0)
    .map((index) => ({
      x: origin[0] + (index % shape[0]) * CELL_MM,
      y: origin[1] + (Math.floor(index / shape[0]) % shape[1]) * CELL_MM,
      z: origin[2] + Math.floor(index / (shape[0] * shape[1])) * CELL_MM,
      value: values[index] ?? 0,
    }));
};

/**
 * Correlation, and what it tells of two Gaussian signals, weighed by how much of the liver both hold. −1 where that is
 * too little.
 */
const compareAt = (points: readonly Point[], sample: Sampler, movedMm: Vec3): Compared => {
  const [dx, dy, dz] = movedMm;
  let [n, a, b, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
  for (const { x, y, z, value } of points) {
    const other = sample(x - dx, y - dy, z - dz);
    if (Number.isNaN(other)) continue;
    n += 1;
    a += value;
    b += other;
    aa += value * value;
    bb += other * other;
    ab += value * other;
  }
  const spread = (aa - (a * a) / n) * (bb - (b * b) / n);
  if (n < LEAST_OVERLAP * points.length || !(spread > 0)) return { movedMm, correlation: -1, score: -1 };
  const correlation = (ab - (a * b) / n) / Math.sqrt(spread);
  return { movedMm, correlation, score: -Math.log(1 - correlation ** 2) * (n / points.length) ** 0.25 };
};

interface Compared extends FoundTranslation {
  readonly score: number;
}

const around = (center: Vec3, step: number, reach: number): Vec3[] => {
  const offsets = Array.from({ length: 2 * reach + 1 }, (_, i) => (i - reach) * step);
  return offsets.flatMap((x) =>
    offsets.flatMap((y) => offsets.map((z): Vec3 => [center[0] + x, center[1] + y, center[2] + z])),
  );
};

/** From coarse steps to fine ones; gives the share that is done. */
function* bestTranslation(points: readonly Point[], other: Sampler): Generator<number, Compared, void> {
  let best = compareAt(points, other, [0, 0, 0]);
  for (const [level, step] of STEPS_MM.entries()) {
    const reach = level === 0 ? REACH_MM / step : 1;
    // Fine steps follow the slope until nothing around is better.
    for (let turn = 0; turn < (level === 0 ? 1 : MOST_TURNS); turn++) {
      const before = best;
      const candidates = around(before.movedMm, step, reach);
      for (const [n, movedMm] of candidates.entries()) {
        const compared = compareAt(points, other, movedMm);
        if (compared.score > best.score) best = compared;
        if (n % 4 === 0) yield level === 0 ? (0.6 * n) / candidates.length : 0.5 + 0.1 * level;
      }
      if (best === before) break;
    }
  }
  return best;
}

/** The same body seen in a mirror, about the middle of what the other stack shows. */
const mirroredOf = (sample: Sampler, volume: PlacedVolume): Sampler => {
  const { low, high } = extentOf(volume);
  return (x, y, z) => sample(low[0] + high[0] - x, y, z);
};

function* part(work: Generator<number, Compared, void>, from: number, to: number): Generator<number, Compared, void> {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    yield from + (to - from) * step.value;
  }
}

/**
 * The search, step by step, for whoever must not be held up: gives the share that is done. Its result is undefined where no
 * liver is found, or both do not show the same body: the place is then set by hand.
 */
export function* searchTranslation(
  present: PlacedVolume,
  earlier: PlacedVolume,
): Generator<number, Translation | undefined, void> {
  const [sample, other] = [samplerOf(present), samplerOf(earlier)];
  if (!sample || !other) return undefined;
  yield 0;
  const cells = cellsOf(present, sample);
  yield 0.05;
  const points = pointsOf(cells, liverCells(cells));
  if (points.length === 0) return undefined;
  const best = yield* part(bestTranslation(points, other), 0.1, 0.55);
  const inMirror = yield* part(bestTranslation(points, mirroredOf(other, earlier)), 0.55, 1);
  if (inMirror.score > best.score && inMirror.correlation >= LEAST_CORRELATION) return 'mirrored';
  const { movedMm, correlation } = best;
  return correlation < LEAST_CORRELATION ? undefined : { movedMm, correlation };
}
