/**
 * The WebAssembly codecs. Each starts with the first frame that needs it, and anew after a failed frame, since what a
 * damaged codestream leaves in a codec's memory is unknown.
 *
 * JPEG-LS has a library of its own: the CharLS within dcmjs-codecs 0.0.8 stops at valid 16-bit codestreams
 * (`MR1_JLSL` of the NEMA WG-04 samples).
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PixelDescription } from '../scan/pixel-description.ts';
import type { PixelCodec } from '../scan/transfer-syntaxes.ts';

export type WasmCodec = Exclude<PixelCodec, 'native' | 'rle'>;
type Decode = (bytes: Uint8Array, pixels: PixelDescription) => Uint8Array | undefined;

const loadDcmjsCodecs = async (): Promise<(codec: WasmCodec) => Decode> => {
  const { Context, NativeCodecs } = (await import('dcmjs-codecs')).default;
  const folder = dirname(createRequire(import.meta.url).resolve('dcmjs-codecs'));
  await NativeCodecs.initializeAsync({ webAssemblyModulePathOrUrl: join(folder, 'dcmjs-native-codecs.wasm') });
  const run = (codec: WasmCodec, context: InstanceType<typeof Context>) => {
    if (codec === 'jpeg') return NativeCodecs.decodeJpeg(context);
    return codec === 'htj2k' ? NativeCodecs.decodeHtJpeg2000(context) : NativeCodecs.decodeJpeg2000(context);
  };
  return (codec) => (bytes, pixels) =>
    run(
      codec,
      new Context({
        width: pixels.columns,
        height: pixels.rows,
        bitsAllocated: pixels.bitsAllocated,
        bitsStored: pixels.bitsStored,
        samplesPerPixel: 1,
        pixelRepresentation: pixels.signed ? 1 : 0,
        planarConfiguration: 0,
        photometricInterpretation: 'MONOCHROME2',
        encodedBuffer: bytes,
      }),
    ).getDecodedBuffer();
};

const loadCharls = async (): Promise<Decode> => {
  const { default: load } = await import('@cornerstonejs/codec-charls/decodewasmjs');
  const charls = await load({ print: () => {}, printErr: () => {} });
  return (bytes) => {
    const decoder = new charls.JpegLSDecoder();
    try {
      decoder.getEncodedBuffer(bytes.length).set(bytes);
      decoder.decode();
      // A copy: the view dies with the decoder.
      return decoder.getDecodedBuffer().slice();
    } finally {
      decoder.delete();
    }
  };
};

let dcmjsCodecs: ReturnType<typeof loadDcmjsCodecs> | undefined;
let charls: ReturnType<typeof loadCharls> | undefined;

const decoderOf = async (codec: WasmCodec): Promise<Decode> => {
  if (codec === 'jpeg-ls') {
    charls ??= loadCharls();
    return await charls;
  }
  dcmjsCodecs ??= loadDcmjsCodecs();
  return (await dcmjsCodecs)(codec);
};

/** Decodes one frame of one component. Throws whatever the codec throws where the codestream is damaged. */
export const decodeWasm = async (
  codec: WasmCodec,
  bytes: Uint8Array,
  pixels: PixelDescription,
): Promise<Uint8Array | undefined> => {
  const decode = await decoderOf(codec);
  try {
    return decode(bytes, pixels);
  } catch (error) {
    if (codec === 'jpeg-ls') charls = undefined;
    else dcmjsCodecs = undefined;
    throw error;
  }
};
