/** Reference, present picture and their difference beside each other, for a person to judge. Pure. */
import { differences } from './compare.ts';
import { type Reduced, toPng } from './reduce.ts';

/** Pixels of the sheet for each block. */
const ENLARGED = 8;
/** What is just too much is already bright. */
const AMPLIFIED = 8;

const pictureOf = (reference: Reduced, now: Reduced): Reduced => ({
  columns: reference.columns,
  rows: reference.rows,
  rgb: Uint8Array.from(
    differences(reference, now).flatMap((levels) => {
      const bright = Math.min(255, AMPLIFIED * levels);
      return [bright, bright, bright];
    }),
  ),
});

const enlarged = ({ columns, rows, rgb }: Reduced): Reduced => {
  const wide = columns * ENLARGED;
  const large = new Uint8Array(3 * wide * rows * ENLARGED);
  for (let y = 0; y < rows * ENLARGED; y++) {
    for (let x = 0; x < wide; x++) {
      const block = Math.trunc(y / ENLARGED) * columns + Math.trunc(x / ENLARGED);
      large.set(rgb.subarray(3 * block, 3 * block + 3), 3 * (y * wide + x));
    }
  }
  return { columns: wide, rows: rows * ENLARGED, rgb: large };
};

const beside = (pictures: readonly Reduced[]): Reduced => {
  const rows = Math.max(...pictures.map((one) => one.rows));
  const columns = pictures.reduce((sum, one) => sum + one.columns, 0);
  const rgb = new Uint8Array(3 * columns * rows);
  let left = 0;
  for (const one of pictures) {
    for (let row = 0; row < one.rows; row++) {
      rgb.set(one.rgb.subarray(3 * row * one.columns, 3 * (row + 1) * one.columns), 3 * (row * columns + left));
    }
    left += one.columns;
  }
  return { columns, rows, rgb };
};

/** The bytes of a PNG: old, new, and how they differ, brightened. */
export const differenceSheet = (reference: Reduced, now: Reduced): Buffer =>
  toPng(beside([reference, now, pictureOf(reference, now)].map(enlarged)));
