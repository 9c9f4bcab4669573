/** The Image Pixel description (PS3.3 C.7.6.3) of a monochrome image, checked before any byte is allocated for it. */
import type { FactValue, SeriesFacts } from '#shared/study/facts.ts';
import { type RefusalReason, refusalSentence } from '#shared/study/messages/refusals.ts';
import type { RawElement } from './element-reader.ts';
import { undefinedLength } from './element-reader.ts';
import { Refusal } from './refusal.ts';
import type { TransferSyntax } from './transfer-syntaxes.ts';

export interface PixelDescription {
  rows: number;
  columns: number;
  frames: number;
  bitsAllocated: 1 | 8 | 16 | 32;
  bitsStored: number;
  highBit: number;
  signed: boolean;
  /** MONOCHROME1: the smallest value is shown white. */
  invert: boolean;
}

/** More frames than any object in a liver study; bounds what a hostile header makes the scan allocate. */
export const mostFrames = 20_000;

/** More pixels than any MR image; a hostile header could otherwise ask a codec for gigabytes with a few bytes. */
const mostPixels = 2 ** 25;

export const firstNumber = (value: FactValue | undefined): number | undefined => {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'number' ? first : undefined;
};

export const firstText = (value: FactValue | undefined): string | undefined => {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? first : undefined;
};

const refuse = (reason: RefusalReason): never => {
  throw new Refusal('pixel-description', reason);
};

const required = (attributes: SeriesFacts, keyword: string): number => {
  const value = firstNumber(attributes[keyword]);
  if (value === undefined || !Number.isInteger(value) || value < 0) {
    return refuse(refusalSentence('attribute-missing', { keyword }));
  }
  return value;
};

const bitDepths: readonly PixelDescription['bitsAllocated'][] = [1, 8, 16, 32];

/** Bytes that one frame takes when it is not compressed. */
export const frameBytes = (pixels: PixelDescription): number =>
  Math.ceil((pixels.rows * pixels.columns * pixels.bitsAllocated) / 8);

/** Throws a `Refusal` where the image is in colour, or its description contradicts itself. */
export const pixelDescription = (attributes: SeriesFacts): PixelDescription => {
  const photometric = firstText(attributes.PhotometricInterpretation) ?? '';
  const samples = firstNumber(attributes.SamplesPerPixel) ?? 1;
  if (samples !== 1 || (photometric !== '' && !photometric.startsWith('MONOCHROME'))) {
    const reason = photometric
      ? refusalSentence('colour-photometric', { photometric })
      : refusalSentence('colour-samples', { samples });
    throw new Refusal('colour', reason);
  }
  const rows = required(attributes, 'Rows');
  const columns = required(attributes, 'Columns');
  const allocated = required(attributes, 'BitsAllocated');
  const bitsAllocated =
    bitDepths.find((depth) => depth === allocated) ?? refuse(refusalSentence('bits-unsupported', { bits: allocated }));
  const bitsStored = firstNumber(attributes.BitsStored) ?? bitsAllocated;
  const highBit = firstNumber(attributes.HighBit) ?? bitsStored - 1;
  if (rows === 0 || columns === 0) refuse(refusalSentence('no-size', { rows, columns }));
  if (rows * columns > mostPixels) {
    throw new Refusal('too-large', refusalSentence('too-many-pixels', { columns, rows }));
  }
  if (bitsStored < 1 || bitsStored > bitsAllocated || highBit >= bitsAllocated || highBit < bitsStored - 1) {
    refuse(refusalSentence('bits-contradict', { stored: bitsStored, highBit, allocated: bitsAllocated }));
  }
  // Writers of single-frame images leave NumberOfFrames empty or 0.
  const frames = firstNumber(attributes.NumberOfFrames) || 1;
  if (!Number.isInteger(frames) || frames < 1) refuse(refusalSentence('bad-frame-number', { frames }));
  if (frames > mostFrames) {
    throw new Refusal('too-large', refusalSentence('too-many-frames', { frames, most: mostFrames }));
  }
  return {
    rows,
    columns,
    frames,
    bitsAllocated,
    bitsStored,
    highBit,
    signed: firstNumber(attributes.PixelRepresentation) === 1,
    invert: photometric === 'MONOCHROME1',
  };
};

/** Smallest and largest stored value that the description allows. */
export const storedRange = ({ bitsStored, signed }: PixelDescription): [number, number] =>
  signed ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1] : [0, 2 ** bitsStored - 1];

/**
 * Checks that the file can hold the pixels that its header promises. `available` is the number of bytes from the start
 * of the pixel data's value to the end of the file.
 */
export const checkPixelData = (
  pixels: PixelDescription,
  pixelData: RawElement,
  syntax: TransferSyntax,
  available: number,
): void => {
  if (syntax.codec === undefined) {
    throw new Refusal('compressed-not-supported', refusalSentence('compression-unsupported', { syntax: syntax.name }));
  }
  const truncated = (expected: number): never => {
    throw new Refusal('truncated', refusalSentence('pixels-cut', { need: expected, has: Math.max(0, available) }));
  };
  if (pixelData.length === undefinedLength) {
    if (syntax.codec === 'native') {
      throw new Refusal('malformed', refusalSentence('pixels-without-length'));
    }
    // The offset table, one fragment per frame and the delimiter have eight bytes each.
    const least = 16 + 8 * pixels.frames;
    if (available < least) truncated(least);
    return;
  }
  if (syntax.codec !== 'native') {
    throw new Refusal('malformed', refusalSentence('pixels-not-in-fragments'));
  }
  if (available < pixelData.length) truncated(pixelData.length);
  const expected = frameBytes(pixels) * pixels.frames;
  if (pixelData.length < expected) {
    throw new Refusal(
      'truncated',
      refusalSentence('pixels-too-short', {
        has: pixelData.length,
        frames: pixels.frames,
        columns: pixels.columns,
        rows: pixels.rows,
        need: expected,
      }),
    );
  }
};
