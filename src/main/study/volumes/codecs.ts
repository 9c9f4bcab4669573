/** Compressed frames as samples, after a check that what the codestream says of itself is what the dataset says. */
import type { PixelDescription } from '../scan/pixel-description.ts';
import { Refusal } from '../scan/refusal.ts';
import type { PixelCodec } from '../scan/transfer-syntaxes.ts';
import { type CodestreamInfo, jpeg2000Info, jpegInfo } from './codestream.ts';
import { decodeRle } from './rle.ts';
import { decodeWasm, type WasmCodec } from './wasm-codecs.ts';

export interface DecodedFrame {
  /** Little-endian samples. */
  bytes: Uint8Array;
  bytesPerSample: 1 | 2 | 4;
  /** Bits that the codestream says a sample has. */
  precision: number;
}

const codestream: Record<WasmCodec, (bytes: Uint8Array) => CodestreamInfo | undefined> = {
  jpeg: jpegInfo,
  'jpeg-ls': jpegInfo,
  'jpeg-2000': jpeg2000Info,
  htj2k: jpeg2000Info,
};

/** JPEG lossless files that say JPEG-LS and the other way round are in circulation: the codestream decides. */
const actualCodec = (codec: WasmCodec, info: CodestreamInfo): WasmCodec => {
  if (codec !== 'jpeg' && codec !== 'jpeg-ls') return codec;
  return info.isJpegLs ? 'jpeg-ls' : 'jpeg';
};

const checkedInfo = (codec: WasmCodec, bytes: Uint8Array, pixels: PixelDescription): CodestreamInfo => {
  const info = codestream[codec](bytes);
  if (!info) throw new Refusal('malformed', `The compressed frame does not begin with a ${codec} header.`);
  if (info.rows !== pixels.rows || info.columns !== pixels.columns || info.components !== 1) {
    throw new Refusal(
      'malformed',
      `The compressed frame is ${info.columns} × ${info.rows} with ${info.components} component(s), the header says ${pixels.columns} × ${pixels.rows} with one.`,
    );
  }
  if (info.precision < 2 || info.precision > 16 || info.precision > pixels.bitsAllocated) {
    throw new Refusal(
      'malformed',
      `The compressed frame has ${info.precision} bits, the header ${pixels.bitsAllocated}.`,
    );
  }
  return info;
};

const decodeWithWasm = async (
  declared: WasmCodec,
  bytes: Uint8Array,
  pixels: PixelDescription,
): Promise<DecodedFrame> => {
  const info = checkedInfo(declared, bytes, pixels);
  const codec = actualCodec(declared, info);
  let decoded: Uint8Array | undefined;
  try {
    decoded = await decodeWasm(codec, bytes, pixels);
  } catch {
    throw new Refusal('malformed', `The ${codec} compressed pixels are damaged and cannot be decoded.`);
  }
  const samples = pixels.rows * pixels.columns;
  if (decoded?.length === samples) return { bytes: decoded, bytesPerSample: 1, precision: info.precision };
  if (decoded?.length === 2 * samples) return { bytes: decoded, bytesPerSample: 2, precision: info.precision };
  throw new Refusal('malformed', `The ${codec} compressed frame does not have the size that the header says.`);
};

/** Decodes one compressed frame of one sample per pixel. Throws a `Refusal` where it is damaged. */
export const decodeFrame = async (
  codec: Exclude<PixelCodec, 'native'>,
  bytes: Uint8Array,
  pixels: PixelDescription,
  cellBytes: 1 | 2 | 4,
): Promise<DecodedFrame> => {
  if (codec !== 'rle') return await decodeWithWasm(codec, bytes, pixels);
  return {
    bytes: decodeRle(bytes, pixels.rows * pixels.columns, cellBytes),
    bytesPerSample: cellBytes,
    precision: pixels.bitsAllocated,
  };
};
