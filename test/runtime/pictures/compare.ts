/** Whether a screen still looks as its reference does. Pure. */
import { isMasked, type Reduced } from './reduce.ts';

export interface Difference {
  /** Blocks that differ by more than is allowed of one. */
  blocks: number;
  /** Mean over all that are compared, in levels of 255. */
  mean: number;
  /** The largest of one block and channel, in levels of 255, and where it is: 0 to 1 of the picture, from the upper left. */
  worst: { levels: number; x: number; y: number };
}

/**
 * Measured on 194 pictures. Twice on one machine: no block by more than 1 level, the mean by 0.001. One sign of a button that became
 * another: one block by 17. A notice of 320 × 40 pixels: 40 blocks and more by over 6 levels, a mean of 0.15 and more; a word that is
 * gone, moved by 8 pixels or lies over another: 3 to 11 blocks by up to 92 levels; a missing panel: 950 blocks. Only words behind a
 * dialog, dimmed to a third, stay under it.
 */
export const TOLERANCE = { levels: 6, blocks: 2, mean: 0.1 };

/** Of each block the channel that differs most, in levels of 255; 0 where one of the two is masked. */
export const differences = (reference: Reduced, now: Reduced): number[] =>
  Array.from({ length: reference.columns * reference.rows }, (_, block) => {
    if (isMasked(reference, block) || isMasked(now, block)) return 0;
    const of = (channel: number) =>
      Math.abs((reference.rgb[3 * block + channel] ?? 0) - (now.rgb[3 * block + channel] ?? 0));
    return Math.max(of(0), of(1), of(2));
  });

/** Throws RangeError where the two are of another size. */
export const compare = (reference: Reduced, now: Reduced): Difference => {
  const { columns, rows } = reference;
  if (columns !== now.columns || rows !== now.rows)
    throw new RangeError('the reference is of a window of another size');
  const all = differences(reference, now);
  const compared = all.filter((_, block) => !isMasked(reference, block) && !isMasked(now, block)).length;
  const levels = Math.max(...all);
  const at = all.indexOf(levels);
  return {
    blocks: all.filter((one) => one > TOLERANCE.levels).length,
    mean: all.reduce((sum, one) => sum + one, 0) / Math.max(1, compared),
    worst: { levels, x: ((at % columns) + 0.5) / columns, y: (Math.trunc(at / columns) + 0.5) / rows },
  };
};

export const isWithin = ({ blocks, mean }: Difference): boolean => blocks <= TOLERANCE.blocks && mean <= TOLERANCE.mean;

export const described = ({ blocks, mean, worst: { levels, x, y } }: Difference): string =>
  `${blocks} blocks differ by more than ${TOLERANCE.levels} levels (${TOLERANCE.blocks} may), the mean by ${mean.toFixed(2)} (${TOLERANCE.mean} may), most of all ${levels} at ${Math.round(100 * x)} % from the left and ${Math.round(100 * y)} % from the top`;
