/** A picture of a screen as the mean colours of its blocks: small enough to keep, blind to the edges of letters. Pure. */
import { PNG } from 'pngjs';

/** Pixels, from the upper left. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Reduced {
  columns: number;
  rows: number;
  /** Three bytes a block, row by row: red, green, blue. */
  rgb: Uint8Array;
}

/** About so many blocks lie beside each other at any size of a window: one is as high as a line of text. */
const COLUMNS = 80;

/** No screen has it: a block whose content changes from run to run, which is not compared. */
export const MASK = [255, 0, 255] as const;

export const isMasked = ({ rgb }: Reduced, block: number): boolean =>
  MASK.every((value, channel) => rgb[3 * block + channel] === value);

const blocksOf = (sums: Float64Array, counts: Uint32Array): Uint8Array =>
  Uint8Array.from(sums, (sum, index) => Math.round(sum / (counts[Math.trunc(index / 3)] ?? 1)));

/** Puts the mark on every block that a rectangle touches. */
const mask = (reduced: Reduced, size: number, { x, y, width, height }: Rectangle): void => {
  const { columns, rows, rgb } = reduced;
  const last = (end: number, most: number) => Math.min(most, Math.ceil(end / size)) - 1;
  for (let row = Math.max(0, Math.floor(y / size)); row <= last(y + height, rows); row++) {
    for (let column = Math.max(0, Math.floor(x / size)); column <= last(x + width, columns); column++) {
      rgb.set(MASK, 3 * (row * columns + column));
    }
  }
};

/** @param picture the bytes of a PNG; @param masked what changes from run to run in it. */
export const reduce = (picture: Buffer, masked: readonly Rectangle[] = []): Reduced => {
  const { width, height, data } = PNG.sync.read(picture);
  const size = Math.max(1, Math.round(width / COLUMNS));
  const columns = Math.ceil(width / size);
  const rows = Math.ceil(height / size);
  const sums = new Float64Array(3 * columns * rows);
  const counts = new Uint32Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.trunc(y / size) * columns;
    for (let x = 0; x < width; x++) {
      const block = row + Math.trunc(x / size);
      const pixel = 4 * (y * width + x);
      counts[block] = (counts[block] ?? 0) + 1;
      for (let channel = 0; channel < 3; channel++) {
        const index = 3 * block + channel;
        sums[index] = (sums[index] ?? 0) + (data[pixel + channel] ?? 0);
      }
    }
  }
  const reduced = { columns, rows, rgb: blocksOf(sums, counts) };
  for (const rectangle of masked) mask(reduced, size, rectangle);
  return reduced;
};

const RGB = { colorType: 2, inputColorType: 2, inputHasAlpha: false } as const;

/** As a PNG of one pixel a block. */
export const toPng = ({ columns, rows, rgb }: Reduced): Buffer => {
  const png = new PNG({ width: columns, height: rows, ...RGB });
  png.data = Buffer.from(rgb);
  return PNG.sync.write(png, { ...RGB, deflateLevel: 9 });
};

export const fromPng = (bytes: Buffer): Reduced => {
  const { width, height, data } = PNG.sync.read(bytes);
  const rgb = new Uint8Array(3 * width * height);
  for (let block = 0; block < width * height; block++) rgb.set(data.subarray(4 * block, 4 * block + 3), 3 * block);
  return { columns: width, rows: height, rgb };
};
