/** Stored values of single frames of one file. */

import pLimit from 'p-limit';
import type { SeriesFacts } from '#shared/study/facts.ts';
import type { ByteSource } from '../bytes/byte-source.ts';
import type { RawElement } from '../scan/element-reader.ts';
import type { Header } from '../scan/header.ts';
import {
  checkPixelData,
  frameBytes,
  type PixelDescription,
  pixelDescription,
  storedRange,
} from '../scan/pixel-description.ts';
import { Refusal } from '../scan/refusal.ts';
import { decodeFrame } from './codecs.ts';
import { frameFragments, type ReadBytes, type Span } from './fragments.ts';
import { type StoredFrame, type StoredValues, storedFrame } from './samples.ts';

export interface FrameReader {
  pixels: PixelDescription;
  /** Stored values, row-major, before the modality transform. */
  frame(index: number): Promise<StoredValues>;
  /** Of the frames that were read, one at least has values beyond what BitsStored allows. */
  exceedsBitsStored(): boolean;
}

const joined = async (read: ReadBytes, spans: readonly Span[]): Promise<Uint8Array> => {
  const [only] = spans;
  if (only && spans.length === 1) return await read(only.offset, only.length);
  const whole = new Uint8Array(spans.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const { offset, length } of spans) {
    whole.set(await read(offset, length), at);
    at += length;
  }
  return whole;
};

type ReadFrame = (index: number) => Promise<StoredFrame>;

const nativeFrames = (header: Header, pixels: PixelDescription, start: number, read: ReadBytes): ReadFrame => {
  const bytesPerFrame = frameBytes(pixels);
  return async (index) =>
    storedFrame(await read(start + index * bytesPerFrame, bytesPerFrame), {
      bytesPerSample: cellBytes(pixels),
      littleEndian: header.encoding.littleEndian,
      bitsStored: pixels.bitsStored,
      highBit: pixels.highBit,
      signed: pixels.signed,
    });
};

const cellBytes = (pixels: PixelDescription): 1 | 2 | 4 => {
  switch (pixels.bitsAllocated) {
    case 8:
      return 1;
    case 16:
      return 2;
    case 32:
      return 4;
    case 1:
      throw new Refusal('pixel-description', 'Images of one bit per pixel hold masks, not intensities.');
  }
};

/** Decoded samples fill their cell from bit zero, whatever HighBit says; RLE keeps the cell as it was. */
const decodedLayout = (pixels: PixelDescription, codec: string, precision: number, bytesPerSample: 1 | 2 | 4) => {
  if (codec === 'rle') return { bitsStored: pixels.bitsStored, highBit: pixels.highBit };
  const bits = Math.min(8 * bytesPerSample, Math.max(precision, pixels.bitsStored));
  return { bitsStored: bits, highBit: bits - 1 };
};

const isBeyond = (values: StoredFrame['values'], [least, most]: readonly [number, number]): boolean =>
  values.some((value: number) => value < least || value > most);

/** One frame is in a codec at a time, so that the last one that was announced is the one that holds the process. */
const inCodec = pLimit(1);

const compressedFrames = async (
  header: Header,
  pixels: PixelDescription,
  pixelData: RawElement,
  size: number,
  read: ReadBytes,
  beforeCodec: () => void,
): Promise<ReadFrame> => {
  const { codec } = header.syntax;
  if (codec === undefined || codec === 'native') throw new Refusal('malformed', 'The pixel data is not compressed.');
  const frames = await frameFragments(read, pixelData.start, size, pixels.frames);
  return async (index) => {
    const spans = frames[index];
    if (!spans) throw new Refusal('truncated', `Frame ${index + 1} is not in the file.`);
    const compressed = await joined(read, spans);
    const { bytes, bytesPerSample, precision } = await inCodec(() => {
      beforeCodec();
      return decodeFrame(codec, compressed, pixels, cellBytes(pixels));
    });
    const layout = decodedLayout(pixels, codec, precision, bytesPerSample);
    const frame = storedFrame(bytes, { bytesPerSample, littleEndian: true, signed: pixels.signed, ...layout });
    // A codestream says its own precision; where that is more than the header's, its values are kept whole.
    return layout.bitsStored > pixels.bitsStored
      ? { ...frame, hasBitsOutside: isBeyond(frame.values, storedRange(pixels)) }
      : frame;
  };
};

/**
 * Prepares the frames of one file whose header was read from `source`. Throws a `Refusal` where they cannot be read.
 * `beforeCodec` is called just before a codec gets a frame, since a codec may never return.
 */
export const frameReader = async (
  header: Header,
  source: ByteSource,
  beforeCodec: () => void = () => {},
): Promise<FrameReader> => {
  const pixels = pixelDescription(header.attributes as SeriesFacts);
  const { pixelData } = header;
  if (!pixelData) throw new Refusal('not-an-image', 'The file holds no pixels.');
  const size = header.syntax.deflated ? header.bytes.length : source.size;
  checkPixelData(pixels, pixelData, header.syntax, size - pixelData.start);
  const read: ReadBytes = header.syntax.deflated
    ? async (offset, length) => header.bytes.subarray(offset, offset + length)
    : (offset, length) => source.read(offset, length);
  const readFrame =
    header.syntax.codec === 'native'
      ? nativeFrames(header, pixels, pixelData.start, read)
      : await compressedFrames(header, pixels, pixelData, size, read, beforeCodec);
  let exceeds = false;
  return {
    pixels,
    frame: async (index) => {
      const { values, hasBitsOutside } = await readFrame(index);
      exceeds ||= hasBitsOutside;
      return values;
    },
    exceedsBitsStored: () => exceeds,
  };
};
