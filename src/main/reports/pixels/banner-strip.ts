/**
 * Words under a picture, since a page around it does not leave with it. Letters are drawn here: where objects are made
 * there is no screen, and no font that a library would need.
 */
import type { Pixels } from './picture-pixels.ts';

/** Each glyph: the character, then seven rows of five pixels, leftmost the highest bit, in hexadecimal. */
const table = `
A0e11111f111111 B1e11111e11111e C0e11101010110e D1e11111111111e E1f10101e10101f F1f10101e101010 G0e11101711110f
H1111111f111111 I0e04040404040e J0702020202120c K11121418141211 L1010101010101f M111b1515111111 N11191513111111
O0e11111111110e P1e11111e101010 Q0e11111115120d R1e11111e141211 S0f10100e01011e T1f040404040404 U1111111111110e
V11111111110a04 W11111115151b11 X11110a040a1111 Y11110a04040404 Z1f01020408101f 00e13151515190e 1040c040404040e
20e11010608101f 31e01010e01011e 402060a121f0202 51f101e0101110e 60e10101e11110e 71f010204080808 80e11110e11110e
90e11110f01010e .00000000000c0c ,00000000060408 ;000c0c000c0408 :000c0c000c0c00 -0000001f000000`;

const ROWS = 7;
const COLUMNS = 5;
/** With the gap to the next. */
const ADVANCE = COLUMNS + 1;
const LEADING = ROWS + 4;

const glyphs: ReadonlyMap<string, readonly number[]> = new Map(
  table
    .trim()
    .split(/\s+/)
    .map((entry) => [
      entry.slice(0, 1),
      Array.from({ length: ROWS }, (_, row) => Number.parseInt(entry.slice(1 + 2 * row, 3 + 2 * row), 16)),
    ]),
);

/** Whole words in lines of at most so many characters; a longer word is cut. */
export const wrapped = (words: string, most: number): string[] => {
  const lines: string[] = [];
  for (const word of words.toUpperCase().split(/\s+/)) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && joined.length <= most) lines[lines.length - 1] = joined;
    else lines.push(word.slice(0, most));
  }
  return lines;
};

const WHITE = 255;

/** The picture as it is, and a black strip below it with the words in white. */
export const withBannerStrip = ({ width, height, rgb }: Pixels, words: string): Pixels => {
  // Letters of about a fiftieth of the width.
  const unit = Math.max(1, Math.round(width / 320));
  const lines = wrapped(words, Math.max(1, Math.floor(width / (ADVANCE * unit)) - 1));
  const strip = (lines.length * LEADING + 2) * unit;
  const whole = new Uint8Array(width * (height + strip) * 3);
  whole.set(rgb);
  const dot = (x: number, y: number) => {
    for (let row = y * unit; row < (y + 1) * unit; row++) {
      const start = ((height + row) * width + x * unit) * 3;
      whole.fill(WHITE, start, start + unit * 3);
    }
  };
  for (const [line, text] of lines.entries()) {
    for (const [place, character] of [...text].entries()) {
      for (const [row, bits] of (glyphs.get(character) ?? []).entries()) {
        for (let column = 0; column < COLUMNS; column++) {
          if ((bits >> (COLUMNS - 1 - column)) & 1) dot(place * ADVANCE + column + 2, line * LEADING + row + 3);
        }
      }
    }
  }
  return { width, height: height + strip, rgb: whole };
};
