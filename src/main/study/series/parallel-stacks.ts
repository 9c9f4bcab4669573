/** Whether a division of a series gives whole stacks that run parallel along the normal, as the phases of one scan do. */
import type { ImageRecord } from '../records.ts';
import { text } from './fact-values.ts';
import {
  alongNormal,
  declaredSpacing,
  gapsBetween,
  mayBeOneStack,
  nearestNeighbourMm,
  type PlacedImage,
  samePositionMm,
} from './positions.ts';

/** Most groups that cover one point, each widened by `reach` mm. */
const deepestOverlap = (groups: readonly (readonly PlacedImage[])[], reach: number): number => {
  const ends = groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    return first && last
      ? [
          { at: first.along - reach, step: 1 },
          { at: last.along + reach, step: -1 },
        ]
      : [];
  });
  ends.sort((a, b) => a.at - b.at || b.step - a.step);
  let open = 0;
  return ends.reduce((deepest, { step }) => {
    open += step;
    return Math.max(deepest, open);
  }, 0);
};

const median = (values: readonly number[]): number | undefined =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Slices this much further apart than declared have others between them. */
const everySecond = 1.5;

/**
 * True where each group alone has the declared distance, so that together they are too dense for one stack. A 3D scan
 * takes all slices at once and never in turns.
 */
const completeAlone = (groups: readonly (readonly PlacedImage[])[], images: readonly ImageRecord[]): boolean => {
  const spacing = declaredSpacing(images);
  if (!spacing) return images.every(({ attributes }) => text(attributes, 'MRAcquisitionType') === '3D');
  return groups.every((group) => (median(gapsBetween(group)) ?? Number.POSITIVE_INFINITY) < everySecond * spacing.mm);
};

/**
 * True where each group is a stack of its own and they run beside each other. Slices taken in turns (two interleaved
 * packages of a 2D scan) make one stack together and stay it, unless their header numbers the time points (`explicit`).
 * A last phase that was stopped early counts, single slices that each have a value of their own do not.
 */
export const areParallelStacks = (groups: readonly (readonly ImageRecord[])[], explicit: boolean): boolean => {
  const images = groups.flat();
  const whole = alongNormal(images);
  const placed = groups.map((group) => alongNormal(group) ?? []);
  if (!whole || groups.length < 2) return false;
  if (!placed.every(mayBeOneStack)) return false;
  const depth = deepestOverlap(placed, (nearestNeighbourMm(images) ?? samePositionMm) / 2);
  if (depth < 2 || groups.length > depth + 1) return false;
  return explicit || !mayBeOneStack(whole) || completeAlone(placed, images);
};
