/** The compressed transfer syntaxes, by WebAssembly codecs that start with the first compressed frame. */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Context, NativeCodecs } from 'dcmjs-codecs';
import type { PixelDescription } from '../scan/pixel-description.ts';
import { Refusal } from '../scan/refusal.ts';
import type { PixelCodec } from '../scan/transfer-syntaxes.ts';
import { type CodestreamInfo, jpeg2000Info, jpegInfo } from './codestream.ts';
import { decodeRle } from './rle.ts';

export interface DecodedFrame {
  /** Little-endian samples. */
  bytes: Uint8Array;
  bytesPerSample: number;
  /** Bits that the codestream says a sample has. */
  precision: number;
}

type WasmCodec = Exclude<PixelCodec, 'native' | 'rle'>;

interface Codecs {
  Context: typeof Context;
  NativeCodecs: typeof NativeCodecs;
}

const require = createRequire(import.meta.url);

let loading: Promise<Codecs> | undefined;

const load = async (): Promise<Codecs> => {
  const codecs: Codecs = require('dcmjs-codecs');
  const folder = dirname(require.resolve('dcmjs-codecs'));
  await codecs.NativeCodecs.initializeAsync({
    webAssemblyModulePathOrUrl: join(folder, 'dcmjs-native-codecs.wasm'),
  });
  return codecs;
};

const codestream: Record<WasmCodec, (bytes: Uint8Array) => CodestreamInfo | undefined> = {
  jpeg: jpegInfo,
  'jpeg-ls': jpegInfo,
  'jpeg-2000': jpeg2000Info,
  htj2k: jpeg2000Info,
};

const run = (codecs: Codecs, codec: WasmCodec, context: Context): Context => {
  switch (codec) {
    case 'jpeg':
      return codecs.NativeCodecs.decodeJpeg(context);
    case 'jpeg-ls':
      return codecs.NativeCodecs.decodeJpegLs(context);
    case 'jpeg-2000':
      return codecs.NativeCodecs.decodeJpeg2000(context);
    case 'htj2k':
      return codecs.NativeCodecs.decodeHtJpeg2000(context);
  }
};

const checked = (codec: WasmCodec, bytes: Uint8Array, pixels: PixelDescription): CodestreamInfo => {
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

const decodeWasm = async (codec: WasmCodec, bytes: Uint8Array, pixels: PixelDescription): Promise<DecodedFrame> => {
  const info = checked(codec, bytes, pixels);
  loading ??= load();
  const codecs = await loading;
  let decoded: Uint8Array | undefined;
  try {
    const context = new codecs.Context({
      width: pixels.columns,
      height: pixels.rows,
      bitsAllocated: pixels.bitsAllocated,
      bitsStored: pixels.bitsStored,
      samplesPerPixel: 1,
      pixelRepresentation: pixels.signed ? 1 : 0,
      planarConfiguration: 0,
      photometricInterpretation: 'MONOCHROME2',
      encodedBuffer: bytes,
    });
    decoded = run(codecs, codec, context).getDecodedBuffer();
  } catch {
    // What a failed decode leaves in the codecs' memory is unknown: the next frame starts with a fresh one.
    loading = undefined;
    throw new Refusal('malformed', `The ${codec} compressed pixels are damaged and cannot be decoded.`);
  }
  const count = pixels.rows * pixels.columns;
  const bytesPerSample = decoded ? decoded.length / count : 0;
  if (!decoded || (bytesPerSample !== 1 && bytesPerSample !== 2)) {
    throw new Refusal('malformed', `The ${codec} compressed frame does not have the size that the header says.`);
  }
  return { bytes: decoded, bytesPerSample, precision: info.precision };
};

/** Decodes one compressed frame of one sample per pixel. Throws a `Refusal` where it is damaged. */
export const decodeFrame = async (
  codec: Exclude<PixelCodec, 'native'>,
  bytes: Uint8Array,
  pixels: PixelDescription,
): Promise<DecodedFrame> => {
  if (codec !== 'rle') return await decodeWasm(codec, bytes, pixels);
  const bytesPerSample = pixels.bitsAllocated / 8;
  return {
    bytes: decodeRle(bytes, pixels.rows * pixels.columns, bytesPerSample),
    bytesPerSample,
    precision: pixels.bitsAllocated,
  };
};
