import { describe, expect, it } from 'vitest';
import type { DecodedVolume, StackRecord } from '../../../../../src/main/study/records.ts';
import { type ScanOptions, scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { cutSlice } from '../../../../../src/main/study/volumes/cut-slice.ts';
import { decodeSlice, decodeVolume } from '../../../../../src/main/study/volumes/decode-volume.ts';
import {
  dicomFile,
  type ElementSpec,
  type MrOptions,
  mrElements,
  type WriteOptions,
} from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile, quiet } from '../scan/memory-source.ts';

const rows = 2;
const columns = 3;
const cells = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
const rescale = (slope: string, intercept: string): ElementSpec[] => [
  ['0028,1052', 'DS', intercept],
  ['0028,1053', 'DS', slope],
];

const stackOf = async (images: Uint8Array[]) => {
  const files = images.map((bytes, i) => memoryFile(bytes, `f${i}`));
  const scanned = await scanFiles(files, quiet);
  const stack: StackRecord = { id: 'stack #1', seriesInstanceUID: '1.2', images: scanned.images, facts: {} };
  return { stack, files };
};

const decode = async (images: Uint8Array[], options: Partial<ScanOptions> = {}): Promise<DecodedVolume> => {
  const { stack, files } = await stackOf(images);
  return await decodeVolume('open-1', stack, files, { ...quiet, ...options });
};

const image = (options: MrOptions, write: WriteOptions = {}): Uint8Array =>
  dicomFile(mrElements({ rows, columns, ...options }), write);

describe('decodeVolume', () => {
  it('refuses an image whose values go through a Modality LUT', async () => {
    const lut: ElementSpec = [
      '0028,3000',
      'SQ',
      [
        [
          ['0028,3002', 'US', [2, 0, 16]],
          ['0028,3006', 'US', [10, 20]],
        ],
      ],
    ];
    const decoding = decode([image({ pixels: cells(1, 2, 3, 4, 5, 6), extra: [lut] })]);
    await expect(decoding).rejects.toMatchObject({
      code: 'cannot-decode',
      message: expect.stringContaining('Modality LUT'),
      params: { reason: 'pixel-description' },
    });
  });

  it('refuses a mask of one bit per pixel', async () => {
    const decoding = decode([image({ bits: [1, 1, 0], pixels: new Uint8Array(2) })]);
    await expect(decoding).rejects.toMatchObject({
      code: 'cannot-decode',
      message: expect.stringContaining('one bit per pixel hold masks'),
    });
  });

  it('puts slices one after the other, row by row', async () => {
    const volume = await decode([
      image({ instance: 1, pixels: cells(1, 2, 3, 4, 5, 6) }),
      image({ instance: 2, pixels: cells(7, 8, 9, 10, 11, 12) }),
    ]);
    expect([...volume.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(volume.info).toMatchObject({
      shape: [2, rows, columns],
      dtype: 'int16',
      range: { min: 1, max: 12 },
      sopInstanceUIDs: ['1.2.3.4.1', '1.2.3.4.2'],
      invert: false,
      bytes: 24,
      url: '/volumes/open-1/stack%20%231',
    });
  });

  it('reads big-endian cells', async () => {
    const pixels = Buffer.from(cells(1, 2, 300, 4, 5, 4095)).swap16();
    const volume = await decode([image({ pixels }, { littleEndian: false })]);
    expect([...volume.data]).toEqual([1, 2, 300, 4, 5, 4095]);
  });

  it('extends the sign of 12 stored bits and drops what lies above them', async () => {
    // 0xFFF is -1 in 12 bits; the upper four bits hold an old-style overlay.
    const volume = await decode([image({ signed: true, pixels: cells(0xfff, 0xf001, 0x800, 0x7ff, 0, 0xaffe) })]);
    expect([...volume.data]).toEqual([-1, 1, -2048, 2047, 0, -2]);
  });

  it('finds stored bits below a high bit that is not the last of them', async () => {
    const pixels = cells(...[1, 2, 3, 4095, 5, 6].map((value) => value << 4));
    const volume = await decode([image({ pixels, bits: [16, 12, 15] })]);
    expect([...volume.data]).toEqual([1, 2, 3, 4095, 5, 6]);
  });

  describe('values beyond BitsStored', () => {
    const notesOf = async (options: MrOptions) =>
      (await decode([image(options)])).info.notes?.map(({ code, params }) => [code, params]);
    const beyond = (stored: number) => [['values-beyond-bits-stored', { stored }]];

    it.each<[string, MrOptions, unknown]>([
      ['a bit above an unsigned value', { pixels: cells(1, 2, 3, 4, 5, 5000) }, beyond(12)],
      ['the largest value itself', { pixels: cells(1, 2, 3, 4, 5, 4095) }, undefined],
      ['a sign that is carried on', { signed: true, pixels: cells(0, 2047, 0xf800, 0xffff, 1, 0xfff0) }, undefined],
      ['a negative value without its sign above', { signed: true, pixels: cells(0, 1, 2, 3, 4, 0x0fff) }, beyond(12)],
      ['a positive value with bits above', { signed: true, pixels: cells(0, 1, 2, 3, 4, 0x1001) }, beyond(12)],
      [
        'a bit below the last one that is stored',
        { bits: [16, 12, 15], pixels: cells(16, 32, 48, 1, 0, 0) },
        beyond(12),
      ],
      [
        'values above the last one that is stored',
        { bits: [16, 12, 15], pixels: cells(16, 32, 48, 64, 0, 0xfff0) },
        undefined,
      ],
      ['8-bit cells', { bits: [8, 7, 6], pixels: Uint8Array.of(1, 2, 3, 4, 5, 200) }, beyond(7)],
      ['cells that are all value', { bits: [16, 16, 15], pixels: cells(1, 2, 3, 4, 5, 65535) }, undefined],
    ])('%s', async (_what, options, notes) => {
      expect(await notesOf(options)).toEqual(notes);
    });
  });

  it('reads 8-bit cells, of an odd number too', async () => {
    const pixels = Uint8Array.from([0, 255, 7, 8, 9, 10, 11, 12, 13, 0]);
    const volume = await decode([image({ rows: 3, pixels, bits: [8, 8, 7] })]);
    expect([...volume.data]).toEqual([0, 255, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('keeps 16 unsigned bits exact', async () => {
    const volume = await decode([image({ pixels: cells(0, 65535, 1, 2, 3, 4), bits: [16, 16, 15] })]);
    expect(volume.info.dtype).toBe('uint16');
    expect(volume.info.range).toEqual({ min: 0, max: 65535 });
  });

  it('applies each frame its own rescale', async () => {
    const volume = await decode([
      image({ instance: 1, pixels: cells(1, 2, 3, 4, 5, 6), extra: rescale('2.5', '-1') }),
      image({ instance: 2, pixels: cells(1, 2, 3, 4, 5, 6), extra: rescale('0.5', '10') }),
    ]);
    expect(volume.info.dtype).toBe('float32');
    expect([...volume.data]).toEqual([1.5, 4, 6.5, 9, 11.5, 14, 10.5, 11, 11.5, 12, 12.5, 13]);
  });

  it('keeps integers where an integer rescale allows it', async () => {
    const volume = await decode([image({ pixels: cells(0, 1, 2, 3, 4, 4095), extra: rescale('1', '-1024') })]);
    expect(volume.info.dtype).toBe('int16');
    expect([...volume.data]).toEqual([-1024, -1023, -1022, -1021, -1020, 3071]);
  });

  it('does not apply the private scale slope of Philips', async () => {
    const philips: ElementSpec[] = [
      ['2005,0010', 'LO', 'Philips MR Imaging DD 001'],
      ['2005,100E', 'FL', 0.004],
    ];
    const volume = await decode([
      image({ pixels: cells(1, 2, 3, 4, 5, 6), extra: [...rescale('2', '0'), ...philips] }),
    ]);
    expect([...volume.data]).toEqual([2, 4, 6, 8, 10, 12]);
  });

  it('says that MONOCHROME1 is shown inverted and leaves its values alone', async () => {
    const volume = await decode([
      image({ pixels: cells(1, 2, 3, 4, 5, 6), extra: [['0028,0004', 'CS', 'MONOCHROME1']] }),
    ]);
    expect(volume.info.invert).toBe(true);
    expect([...volume.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('reads the frames of a classic multi-frame object', async () => {
    const volume = await decode([
      image({ pixels: cells(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), extra: [['0028,0008', 'IS', '2']] }),
    ]);
    expect(volume.info.shape).toEqual([2, rows, columns]);
    expect(volume.data[11]).toBe(12);
  });

  it('takes the declared window where all images agree, else one from the values', async () => {
    const windowed = (center: string): ElementSpec[] => [
      ['0028,1050', 'DS', center],
      ['0028,1051', 'DS', '8'],
    ];
    const pixels = cells(1, 2, 3, 4, 5, 6);
    const agreed = await decode([
      image({ instance: 1, pixels, extra: windowed('4') }),
      image({ instance: 2, pixels, extra: windowed('4') }),
    ]);
    expect(agreed.info.window).toEqual({ center: 4, width: 8 });
    const differing = await decode([
      image({ instance: 1, pixels, extra: windowed('4') }),
      image({ instance: 2, pixels, extra: windowed('3') }),
    ]);
    expect(differing.info.window.center).toBeCloseTo(3.5, 1);
    expect(differing.info.window.width).toBeCloseTo(5, 1);
  });

  it('gives an image of one value a window of positive width', async () => {
    const volume = await decode([image({ pixels: cells(5, 5, 5, 5, 5, 5) })]);
    expect(volume.info.window).toEqual({ center: 5, width: 1 });
  });

  it('refuses a slope of zero and images of different sizes, naming the image', async () => {
    await expect(decode([image({ extra: rescale('0', '1') })])).rejects.toMatchObject({
      code: 'cannot-decode',
      message: expect.stringContaining('multiplied by zero'),
    });
    await expect(decode([image({ instance: 1 }), image({ instance: 2, rows: 4 })])).rejects.toThrow(
      'Image 2 has 3 × 4 pixels, the first 3 × 2.',
    );
  });

  it('refuses more memory than one series may take, before it is allocated', async () => {
    const files = [memoryFile(image({}), 'f0')];
    const { images } = await scanFiles(files, quiet);
    const [first] = images;
    if (!first) throw new Error('the image was not scanned');
    const huge = { ...first, attributes: { ...first.attributes, Rows: 4096, Columns: 4096 } };
    const stack: StackRecord = { id: 's', seriesInstanceUID: 's', images: Array(40).fill(huge), facts: {} };
    const before = process.memoryUsage().arrayBuffers;
    await expect(decodeVolume('o', stack, files, quiet)).rejects.toMatchObject({
      code: 'volume-too-large',
    });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  });

  it('stops when it is cancelled', async () => {
    const images = Array.from({ length: 20 }, (_, i) => image({ instance: i + 1 }));
    const controller = new AbortController();
    const decoding = decode(images, {
      signal: controller.signal,
      progress: (_phase, done) => done >= 8 && controller.abort(),
    });
    await expect(decoding).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('decodeSlice', () => {
  const images = [10, 20, 30, 40].map((first, i) =>
    image({ instance: i + 1, pixels: cells(first, 2, 3, 4, 5, 6), extra: rescale('2', '-1') }),
  );

  it('gives the very values of the whole, and speaks of the whole', async () => {
    const { stack, files } = await stackOf(images);
    const whole = await decodeVolume('open-1', stack, files, quiet);
    for (const wanted of [0, 3, undefined]) {
      const one = await decodeSlice('open-1', stack, wanted, files, quiet);
      const cut = cutSlice(whole, wanted);
      expect(one.slice).toBe(wanted ?? 2);
      expect(one.data).toEqual(cut.data);
      expect(cut.slice).toBe(one.slice);
      const { window: _window, range: _range, ...same } = whole.info;
      expect(one.info).toMatchObject(same);
    }
  });

  it('reads no other file', async () => {
    const { stack, files } = await stackOf(images);
    const opened: number[] = [];
    const watched = files.map((file, i): typeof file => ({
      ...file,
      open: (read) => {
        opened.push(i);
        return file.open(read);
      },
    }));
    await decodeSlice('open-1', stack, 1, watched, quiet);
    expect(opened).toEqual([1]);
  });

  it('refuses a number that the series does not have', async () => {
    const { stack, files } = await stackOf(images);
    await expect(decodeSlice('open-1', stack, 4, files, quiet)).rejects.toMatchObject({ code: 'no-image' });
    const whole = await decodeVolume('open-1', stack, files, quiet);
    expect(() => cutSlice(whole, 4)).toThrow('no image of this number');
  });

  it('names the image that cannot be shown, by its number in the series', async () => {
    const { stack, files } = await stackOf(images);
    const { attributes, ...third } = stack.images[2] ?? { attributes: {} };
    const gone = { ...third, attributes, source: 99 } as (typeof stack.images)[number];
    const broken = { ...stack, images: stack.images.with(2, gone) };
    await expect(decodeSlice('open-1', broken, 2, files, quiet)).rejects.toMatchObject({ params: { image: 3 } });
  });
});
