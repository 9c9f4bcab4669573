import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import type { PixelDescription } from '../../../../../src/main/study/scan/pixel-description.ts';
import { readSourceHeader } from '../../../../../src/main/study/scan/read-file.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { decodeFrame } from '../../../../../src/main/study/volumes/codecs.ts';
import { decodeVolume } from '../../../../../src/main/study/volumes/decode-volume.ts';
import { frameReader } from '../../../../../src/main/study/volumes/frame-reader.ts';
import { decodeRle } from '../../../../../src/main/study/volumes/rle.ts';
import { dataset, mrElements, preamble } from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile, quiet } from '../scan/memory-source.ts';

const { Context, NativeCodecs }: typeof import('dcmjs-codecs') = createRequire(import.meta.url)('dcmjs-codecs');

const rows = 24;
const columns = 32;
/** A gradient with noise from a fixed generator: compressible, and every bit is used. */
const picture = (bits: number): Uint16Array => {
  let seed = 7;
  return Uint16Array.from({ length: rows * columns }, (_, i) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return ((i * 3 + (seed % 97)) * 41) % 2 ** bits;
  });
};

const description = (bitsStored: number, signed = false): PixelDescription => ({
  rows,
  columns,
  frames: 1,
  bitsAllocated: 16,
  bitsStored,
  highBit: bitsStored - 1,
  signed,
  invert: false,
});

const bytesOf = (values: Uint16Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

type Encoder = 'encodeHtJpeg2000' | 'encodeJpeg2000' | 'encodeJpeg' | 'encodeJpegLs';
const encode = async (encoder: Encoder, values: Uint16Array, bitsStored: number): Promise<Uint8Array> => {
  await NativeCodecs.initializeAsync();
  const context = new Context({
    width: columns,
    height: rows,
    bitsAllocated: 16,
    bitsStored,
    samplesPerPixel: 1,
    pixelRepresentation: 0,
    planarConfiguration: 0,
    photometricInterpretation: 'MONOCHROME2',
    decodedBuffer: bytesOf(values),
  });
  return NativeCodecs[encoder](context, { lossy: false }).getEncodedBuffer() ?? new Uint8Array(0);
};

/** Encapsulated pixel data (PS3.5 A.4) with an empty offset table. */
const encapsulated = (fragments: Uint8Array[]): Uint8Array => {
  const item = (body: Uint8Array): Uint8Array => {
    const padded = body.length % 2 === 0 ? body : Buffer.concat([body, new Uint8Array(1)]);
    const header = Buffer.from('FEFF00E000000000', 'hex');
    header.writeUInt32LE(padded.length, 4);
    return Buffer.concat([header, padded]);
  };
  return Buffer.concat([item(new Uint8Array(0)), ...fragments.map(item), Buffer.from('FEFFDDE000000000', 'hex')]);
};

const compressedFile = (syntax: string, fragments: Uint8Array[], bitsStored: number, frames = 1): Uint8Array => {
  const elements = mrElements({ rows, columns, bits: [16, bitsStored, bitsStored - 1] }).filter(
    ([tag]) => tag !== '7FE0,0010',
  );
  elements.splice(
    elements.findIndex(([tag]) => tag > '0028,0008'),
    0,
    ['0028,0008', 'IS', String(frames)],
  );
  return Buffer.concat([
    preamble(syntax),
    dataset([...elements, ['7FE0,0010', 'OB', encapsulated(fragments), 0xffffffff]]),
  ]);
};

const framesOf = (bytes: Uint8Array, count: number): Promise<number[][]> =>
  memoryFile(bytes).open(async (source) => {
    const reader = await frameReader(await readSourceHeader(source), source);
    const frames: number[][] = [];
    for (let i = 0; i < count; i++) frames.push([...(await reader.frame(i))]);
    return frames;
  });

describe('compressed frames', () => {
  it.each<[string, string, Encoder, number]>([
    ['JPEG Lossless', '1.2.840.10008.1.2.4.70', 'encodeJpeg', 12],
    ['JPEG-LS', '1.2.840.10008.1.2.4.80', 'encodeJpegLs', 16],
    ['JPEG 2000', '1.2.840.10008.1.2.4.90', 'encodeJpeg2000', 12],
    ['HTJ2K', '1.2.840.10008.1.2.4.201', 'encodeHtJpeg2000', 12],
    ['HTJ2K with RPCL', '1.2.840.10008.1.2.4.202', 'encodeHtJpeg2000', 16],
  ])('%s comes back as it went in', async (_name, syntax, encoder, bits) => {
    const values = picture(bits);
    const file = compressedFile(syntax, [await encode(encoder, values, bits)], bits);
    expect(await framesOf(file, 1)).toEqual([[...values]]);
  });

  it('keeps values that a codestream holds beyond BitsStored, and says so', async () => {
    // 16 bits under a header of 12: the volume's type was chosen by the header, and such values came out negative.
    const values = picture(16);
    const bytes = compressedFile('1.2.840.10008.1.2.4.80', [await encode('encodeJpegLs', values, 16)], 12);
    const file = memoryFile(bytes);
    const { images } = await scanFiles([file], quiet);
    const stack = { id: 's', seriesInstanceUID: '1', images, facts: {} };
    const { info, data } = await decodeVolume('open', stack, [file], quiet);
    expect([...data]).toEqual([...values]);
    expect(info.range.max).toBe(Math.max(...values));
    expect(info.notes?.map(({ code }) => code)).toEqual(['values-beyond-bits-stored']);
  });

  // No public DICOM file with HTJ2K was found. These streams were written by the encoder of dcmjs-codecs; the hashes
  // are of what OpenJPEG 2.5.2 (pylibjpeg-openjpeg 2.6.0), another implementation, decodes from them: 16-bit little endian.
  it.each([
    ['1.2.840.10008.1.2.4.201', 12, '3cfc66603b807a4717a7c951d26adff25462565db27d871d735023c0c01e41fe'],
    ['1.2.840.10008.1.2.4.201', 16, '7dddf1df850c4ca2bb924ee31567b3b5ebc9ebaa84facd98f1e44afe7332ade1'],
  ])('HTJ2K (%s, %i bit) decodes to what OpenJPEG decodes', async (syntax, bits, sha256) => {
    const stream = readFileSync(new URL(`../../../../fixtures/dicom/htj2k/${bits}-bit.jhc`, import.meta.url));
    const [pixels = []] = await framesOf(compressedFile(syntax, [stream], bits), 1);
    expect(
      createHash('sha256')
        .update(bytesOf(Uint16Array.from(pixels)))
        .digest('hex'),
    ).toBe(sha256);
  });

  it('tells frames of several fragments apart by their codestreams', async () => {
    const first = picture(12);
    const second = first.map((value) => 4095 - value);
    const [a, b] = [await encode('encodeJpegLs', first, 12), await encode('encodeJpegLs', second, 12)];
    const halves = (bytes: Uint8Array) => [bytes.subarray(0, 100), bytes.subarray(100)];
    const file = compressedFile('1.2.840.10008.1.2.4.80', [...halves(a), ...halves(b)], 12, 2);
    expect(await framesOf(file, 2)).toEqual([[...first], [...second]]);
  });

  it('refuses a codestream of another size than the header, before a codec sees it', async () => {
    const encoded = await encode('encodeJpeg2000', picture(12), 12);
    const wrong = { ...description(12), rows: rows * 2 };
    await expect(decodeFrame('jpeg-2000', encoded, wrong, 2)).rejects.toThrow(`${columns} × ${rows} with 1 component`);
  });

  it('decodes the next frame after a damaged one', async () => {
    for (const [codec, encoder] of [
      ['jpeg-ls', 'encodeJpegLs'],
      ['jpeg-2000', 'encodeJpeg2000'],
      ['jpeg', 'encodeJpeg'],
    ] as const) {
      const values = picture(12);
      const good = await encode(encoder, values, 12);
      const damaged = good.slice(0, 60);
      await decodeFrame(codec, damaged, description(12), 2).catch(() => {});
      const { bytes } = await decodeFrame(codec, good, description(12), 2);
      expect([...new Uint16Array(bytes.slice().buffer)], codec).toEqual([...values]);
    }
  });
});

describe('decodeRle', () => {
  // PS3.5 annex G: header of 16 little-endian words, then PackBits segments.
  const frame = (...segments: number[][]): Uint8Array => {
    const header = new Uint8Array(64);
    const view = new DataView(header.buffer);
    view.setUint32(0, segments.length, true);
    let at = 64;
    segments.forEach((segment, i) => {
      view.setUint32(4 + 4 * i, at, true);
      at += segment.length;
    });
    return Buffer.concat([header, Uint8Array.from(segments.flat())]);
  };

  it('joins the high and low bytes of two segments', () => {
    // High bytes: 1 repeated three times; low bytes: 10, 20, 30 in literal form.
    expect([...decodeRle(frame([254, 1], [2, 10, 20, 30]), 3, 2)]).toEqual([10, 1, 20, 1, 30, 1]);
  });

  it('skips the no-operation and reads on', () => {
    expect([...decodeRle(frame([128, 1, 5, 6, 128, 255, 7]), 4, 1)]).toEqual([5, 6, 7, 7]);
  });

  it.each([
    ['ends early', frame([1, 5, 6]), 4],
    ['has no header', new Uint8Array(10), 4],
    [
      'has a segment outside of the frame',
      Uint8Array.from({ length: 64 }, (_, i) => (i === 0 ? 1 : i < 4 ? 0 : 255)),
      4,
    ],
    ['ends within a run', frame([5, 1]), 6],
  ])('refuses a frame that %s', (_name, bytes, pixels) => {
    expect(() => decodeRle(bytes, pixels, 1)).toThrow(/damaged/);
  });
});
