/** Runs through the slices of a series, in the order in which its images were made. */
import { type PlacedImage, samePositionMm } from './positions.ts';

const divideWhere = (
  ordered: readonly PlacedImage[],
  begins: (run: readonly PlacedImage[], item: PlacedImage) => boolean,
): PlacedImage[][] => {
  const runs: PlacedImage[][] = [];
  for (const item of ordered) {
    const run = runs.at(-1);
    if (run && !begins(run, item)) run.push(item);
    else runs.push([item]);
  }
  return runs;
};

/** Runs through the slices: a new one begins where the next image shows a slice that this run already has. */
export const runsThrough = (ordered: readonly PlacedImage[], near: number): PlacedImage[][] =>
  divideWhere(ordered, (run, { along }) => run.some((taken) => Math.abs(taken.along - along) <= near));

/** Runs in one direction: a new one begins where the next image turns back. A 3D scan is numbered through its slices. */
export const marchesThrough = (ordered: readonly PlacedImage[]): PlacedImage[][] =>
  divideWhere(ordered, (run, { along }) => {
    const [first, second] = run;
    const last = run.at(-1);
    if (!first || !second || !last) return false;
    return Math.sign(along - last.along) !== Math.sign(second.along - first.along);
  });

/** 1 or −1 for a run that goes through its slices in one direction, 0 for one that does not. */
const direction = (run: readonly PlacedImage[]): number => {
  const steps = run.slice(1).map(({ along }, index) => Math.sign(along - (run[index]?.along ?? along)));
  return new Set(steps).size === 1 ? (steps[0] ?? 0) : 0;
};

/** Index of the slice of `reference` that lies nearest. */
const nearestIn = (reference: readonly PlacedImage[], { along }: PlacedImage): number =>
  reference.reduce(
    (best, other, index) =>
      Math.abs(other.along - along) < Math.abs((reference[best]?.along ?? Number.POSITIVE_INFINITY) - along)
        ? index
        : best,
    0,
  );

const ranks = (run: readonly PlacedImage[]): string =>
  [...run.keys()].sort((a, b) => (run[a]?.along ?? 0) - (run[b]?.along ?? 0)).join(' ');

/** Shorter runs must go evenly through the slices: any few images are in some order by chance. */
const shortRun = 6;

/** True where every run goes through the slices in the same way: an order by chance does not. */
export const goAlike = (runs: readonly PlacedImage[][]): boolean => {
  const reference = [...runs].sort((a, b) => b.length - a.length)[0] ?? [];
  const onward = direction(reference);
  return runs.every((run) => {
    if (onward !== 0) return run.length === 1 || direction(run) === onward;
    if (run.length < shortRun) return false;
    if (run.length === reference.length) return ranks(run) === ranks(reference);
    const visited = run.map((item) => nearestIn(reference, item));
    return visited.every((slice, index) => index === 0 || slice > (visited[index - 1] ?? -1));
  });
};

const extent = (placed: readonly PlacedImage[]): number => {
  const along = placed.map((item) => item.along);
  return Math.max(...along) - Math.min(...along);
};

/** Share of the whole extent that a run of all slices covers at least, and of its images below which it is a repeat of some. */
const covers = 0.5;
const someOnly = 0.5;

/** Most images, as a share of all, that may lie in runs of a few slices. */
const mostAgain = 0.25;

/**
 * True where runs go from end to end, except for those of a few slices, and none of few begins where the one before
 * ended: images numbered slice by slice, with some missing, look like that.
 */
export const goThrough = (runs: readonly PlacedImage[][]): boolean => {
  const whole = extent(runs.flat());
  const most = Math.max(...runs.map((run) => run.length));
  const some = runs.filter((run) => run.length < someOnly * most);
  const turnsBack = runs.slice(1).every((run, index) => {
    const [first, before] = [run[0]?.along ?? 0, runs[index]?.at(-1)?.along ?? 0];
    return Math.abs(first - before) > samePositionMm;
  });
  return (
    (turnsBack || most === 1 || most >= shortRun) &&
    some.flat().length <= mostAgain * runs.flat().length &&
    runs.every((run) => some.includes(run) || extent(run) >= covers * whole)
  );
};
