import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { dataset, dicomFile, type ElementSpec, mrElements, preamble } from '../../../../fixtures/dicom/write-dicom.ts';
import { memoryFile, quiet } from './memory-source.ts';

const scan = (...files: [string, Uint8Array][]) =>
  scanFiles(
    files.map(([name, bytes]) => memoryFile(bytes, name)),
    quiet,
  );

const skippedCode = async (bytes: Uint8Array): Promise<string | undefined> => {
  const { images, skipped } = await scan(['x', bytes]);
  return images.length > 0 ? 'opened' : skipped[0]?.code;
};

describe('scanFiles', () => {
  it.each([
    ['explicit little endian', { explicit: true, littleEndian: true }],
    ['implicit little endian', { explicit: false, littleEndian: true }],
    ['explicit big endian', { explicit: true, littleEndian: false }],
  ])('reads the same attributes from %s', async (_name, options) => {
    const { images } = await scan(['a', dicomFile(mrElements({ instance: 7 }), options)]);
    expect(images).toHaveLength(1);
    expect(images[0]).toMatchObject({
      sopInstanceUID: '1.2.3.4.7',
      seriesInstanceUID: '1.2.3.2',
      patient: { patientName: 'Test Person', patientId: 'ID 1' },
      attributes: {
        ImageType: ['ORIGINAL', 'PRIMARY', 'M'],
        EchoTime: 1.23,
        InstanceNumber: 7,
        ImagePositionPatient: [0, 0, 35],
        PixelSpacing: [0.8, 0.8],
        Rows: 4,
        Columns: 6,
      },
    });
  });

  it('reads a deflated dataset', async () => {
    const deflated = deflateRawSync(dataset(mrElements()));
    const { images } = await scan(['a', Buffer.concat([preamble('1.2.840.10008.1.2.1.99'), deflated])]);
    expect(images[0]?.attributes.EchoTime).toBe(1.23);
  });

  it('reads files without preamble and meta information', async () => {
    for (const littleEndian of [true, false]) {
      expect(await skippedCode(dataset(mrElements(), { littleEndian }))).toBe('opened');
    }
    expect(await skippedCode(dataset(mrElements(), { explicit: false }))).toBe('opened');
  });

  it('believes the bytes where the transfer syntax contradicts them', async () => {
    const file = Buffer.concat([preamble('1.2.840.10008.1.2'), dataset(mrElements(), { explicit: true })]);
    expect(await skippedCode(file)).toBe('opened');
  });

  it('keeps the identity out of the attributes', async () => {
    const { images } = await scan(['a', dicomFile(mrElements())]);
    const keys = Object.keys(images[0]?.attributes ?? {});
    expect(keys.filter((key) => /^Patient(Name|ID|BirthDate|Sex)$/.test(key))).toEqual([]);
  });

  it('takes the acquisition of a frame from the frame, where the object names another', async () => {
    const frame = (acquisition: number): ElementSpec[] => [['0020,9111', 'SQ', [[['0020,9156', 'US', acquisition]]]]];
    const enhanced = mrElements({
      pixels: new Uint8Array(2 * 48),
      extra: [
        ['0008,0016', 'UI', '1.2.840.10008.5.1.4.1.1.4.1'],
        ['0020,0012', 'IS', '1'],
        ['0028,0008', 'IS', '2'],
        ['5200,9230', 'SQ', [frame(1), frame(2)]],
      ],
    });
    const { images } = await scan(['a', dicomFile(enhanced)]);
    expect(images.map(({ attributes }) => attributes.AcquisitionNumber)).toEqual([1, 2]);
  });

  it('lists what it left out, with the reason, and keeps the rest', async () => {
    const whole = dicomFile(mrElements());
    const { images, skipped } = await scan(
      ['empty', new Uint8Array(0)],
      ['notes.txt', Buffer.from('A letter of no interest, somewhat longer than a preamble. '.repeat(5))],
      ['cut', whole.subarray(0, whole.length - 10)],
      ['good', whole],
      [
        'report',
        dicomFile([...mrElements().filter(([tag]) => tag !== '0008,0060' && tag < '7FE0'), ['0008,0060', 'CS', 'SR']]),
      ],
    );
    expect(images.map(({ file }) => file)).toEqual(['good']);
    expect(skipped.map(({ file, code }) => [file, code])).toEqual([
      ['empty', 'empty'],
      ['notes.txt', 'not-dicom'],
      ['cut', 'truncated'],
      ['report', 'not-an-image'],
    ]);
    expect(skipped[2]?.reason).toContain('48 bytes, the file holds 38');
  });

  it('names the first of two files with the same image', async () => {
    const { images, skipped } = await scan(['a', dicomFile(mrElements())], ['b', dicomFile(mrElements())]);
    expect(images.map(({ file }) => file)).toEqual(['a']);
    const message = { code: 'duplicate', params: { file: 'a' } };
    expect(skipped).toEqual([{ file: 'b', code: 'duplicate', reason: 'The same image as a.', message }]);
  });

  it('knows a copy by its pixels, whatever identifier it was given, and says so once', async () => {
    const copy = (uid: string, value: number) => dicomFile(mrElements({ uid, pixels: Buffer.alloc(48, value) }));
    const { images, skipped, remarks } = await scan(
      ['a', copy('1.2.1', 7)],
      ['b', copy('1.2.2', 7)],
      ['c', copy('1.2.1', 7)],
      ['d', copy('1.2.3', 8)],
    );
    expect(images.map(({ file }) => file)).toEqual(['a', 'd']);
    expect(skipped.map(({ file, code }) => [file, code])).toEqual([
      ['b', 'duplicate'],
      ['c', 'duplicate'],
    ]);
    expect(remarks).toEqual([
      {
        studyInstanceUID: '1.2.3.1',
        note: expect.objectContaining({ code: 'copies-left-out', params: { images: 2 } }),
      },
    ]);
  });

  describe('copies of a series under identifiers of their own', () => {
    interface Slice {
      series: string;
      number: number;
      value?: number;
      time?: string;
    }
    /** Four slices at four places. */
    const slices = (name: string, { series, number, value, time = '100000' }: Slice): [string, Uint8Array][] =>
      [0, 1, 2, 3].map((i) => {
        const elements = mrElements({
          uid: `1.2.${series}.${number + i}`,
          instance: number + i,
          position: [0, 0, 3 * i],
          pixels: Buffer.alloc(48, value ?? 10 + i),
        });
        const changed = new Map(elements.map((element) => [element[0], element]));
        changed.set('0020,000E', ['0020,000E', 'UI', series]);
        changed.set('0008,0032', ['0008,0032', 'TM', time]);
        return [`${name}${i}`, dicomFile([...changed.values()].sort(([a], [b]) => (a < b ? -1 : 1)))];
      });
    const kept = async (...files: [string, Uint8Array][]) => {
      const { images, skipped, remarks } = await scan(...files);
      return { files: images.map(({ file }) => file), codes: skipped.map(({ code }) => code), remarks };
    };
    const first = slices('a', { series: '1.2.1', number: 1 });
    const names = first.map(([name]) => name);

    it.each([
      ['a new series', slices('b', { series: '1.2.2', number: 1 })],
      ['new numbers in the same series', slices('b', { series: '1.2.1', number: 5 })],
      ['a new series with new numbers', slices('b', { series: '1.2.2', number: 21 })],
      ['a part of it in a new series', slices('b', { series: '1.2.2', number: 1 }).slice(1)],
    ])('merges %s, and says so once', async (_what, copy) => {
      const { files, codes, remarks } = await kept(...first, ...copy);
      expect(files).toEqual(names);
      expect(codes).toEqual(copy.map(() => 'duplicate'));
      expect(remarks.map(({ note }) => [note.code, note.params])).toEqual([
        ['copies-left-out', { images: copy.length }],
      ]);
    });

    const another = slices('b', { series: '1.2.2', number: 1, value: 90 });
    const part = (copy: [string, Uint8Array][]) => [...copy.slice(0, 3), ...another.slice(3)];
    it.each([
      ['one image differs', part(slices('b', { series: '1.2.2', number: 1 }))],
      [
        'one image of the same series differs',
        [
          ...slices('b', { series: '1.2.1', number: 5 }).slice(0, 3),
          ...slices('b', { series: '1.2.1', number: 5, value: 90 }).slice(3),
        ],
      ],
      ['it was taken at another time', slices('b', { series: '1.2.2', number: 1, time: '100130' })],
      [
        'it shows more than the other',
        [
          ...slices('b', { series: '1.2.2', number: 1 }),
          ...slices('c', { series: '1.2.2', number: 5, time: '100130' }),
        ],
      ],
    ])('keeps a series where %s', async (_what, other) => {
      const { codes } = await kept(...first, ...other);
      expect(codes).toEqual([]);
    });

    it('takes air for no evidence', async () => {
      const air = (name: string, series: string) => slices(name, { series, number: 1, value: 0 });
      expect((await kept(...air('a', '1.2.1'), ...air('b', '1.2.2'))).codes).toEqual([]);
    });
  });

  it('keeps images that an anonymiser gave one SOPInstanceUID, and says that the identifiers repeat', async () => {
    // Eight slices of one UID; two phases of air at one place are two images although their pixels are equal.
    const slices = Array.from({ length: 8 }, (_, i): [string, Uint8Array] => [
      `${i}.dcm`,
      dicomFile(mrElements({ uid: '1.2.9', instance: i + 1, position: [0, 0, 3 * (i % 4)] })),
    ]);
    const { images, skipped, remarks } = await scan(...slices);
    expect(images.map(({ source }) => source)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(skipped).toEqual([]);
    expect(remarks).toEqual([
      {
        studyInstanceUID: '1.2.3.1',
        note: expect.objectContaining({ code: 'identifiers-repeat', severity: 'warning', params: { images: 7 } }),
      },
    ]);
  });

  it('takes one object under two transfer syntaxes for one image', async () => {
    const little = dicomFile(mrElements());
    const big = dicomFile(mrElements(), { littleEndian: false });
    expect((await scan(['a', little], ['b', big])).images).toHaveLength(1);
  });

  it.each<[string, ElementSpec[], string]>([
    [
      'colour',
      [
        ['0028,0002', 'US', 3],
        ['0028,0004', 'CS', 'RGB'],
      ],
      'colour',
    ],
    ['a palette', [['0028,0004', 'CS', 'PALETTE COLOR']], 'colour'],
    ['a mosaic', [['0008,0008', 'CS', 'ORIGINAL\\PRIMARY\\M\\MOSAIC']], 'mosaic'],
    ['a segmentation', [['0008,0016', 'UI', '1.2.840.10008.5.1.4.1.1.66.4']], 'not-an-image'],
    ['a dose grid', [['0008,0016', 'UI', '1.2.840.10008.5.1.4.1.1.481.2']], 'not-an-image'],
    ['no rows', [['0028,0010', 'US', 0]], 'pixel-description'],
    ['a high bit beyond the cell', [['0028,0102', 'US', 40]], 'pixel-description'],
    ['a billion frames', [['0028,0008', 'IS', '1000000000']], 'too-large'],
    [
      'more pixels than any image',
      [
        ['0028,0010', 'US', 65535],
        ['0028,0011', 'US', 65535],
      ],
      'too-large',
    ],
    ['more frames than pixels', [['0028,0008', 'IS', '3']], 'truncated'],
    ['a negative number of frames', [['0028,0008', 'IS', '-1']], 'pixel-description'],
  ])('sets aside %s', async (_name, extra, code) => {
    expect(await skippedCode(dicomFile(mrElements({ extra })))).toBe(code);
  });

  it('sets aside pixels in a compression that nothing here decodes', async () => {
    expect(await skippedCode(dicomFile(mrElements(), {}, '1.2.840.10008.1.2.4.100'))).toBe('compressed-not-supported');
  });

  it('does not read pixels', async () => {
    const pixels = new Uint8Array(2 * 1024 * 1024);
    const file = memoryFile(dicomFile(mrElements({ rows: 1024, columns: 1024, pixels })));
    const { images } = await scanFiles([file], quiet);
    expect(images).toHaveLength(1);
    expect(file.asked.bytes).toBeLessThanOrEqual(48 * 1024);
  });

  it('reads on where the header is longer than the first read', async () => {
    const note = 'x'.repeat(300_000);
    const { images } = await scan(['a', dicomFile(mrElements({ extra: [['0019,1001', 'UT', note]] }))]);
    expect(images).toHaveLength(1);
  });

  it('stops when it is cancelled', async () => {
    const controller = new AbortController();
    const file = dicomFile(mrElements());
    const files = Array.from({ length: 2000 }, (_, i) => memoryFile(file, String(i)));
    let told = 0;
    const scanning = scanFiles(files, {
      signal: controller.signal,
      progress: (_phase, done) => {
        told = done;
        if (done >= 32) controller.abort();
      },
    });
    await expect(scanning).rejects.toThrow(/abort/i);
    expect(told).toBeLessThan(200);
  });
});

describe('hostile headers', () => {
  it.each<[string, ElementSpec, string]>([
    ['an element longer than the file', ['0008,0104', 'UT', 'x', 0xfffffff0], 'truncated'],
    ['a sequence longer than the file', ['0008,1140', 'SQ', [], 0x7fffffff], 'truncated'],
    ['a sequence without an end', ['0008,1140', 'SQ', [], 0xffffffff], 'malformed'],
    ['an item longer than its sequence', ['0018,9112', 'SQ', Buffer.from('FEFF00E0FF000000', 'hex')], 'malformed'],
  ])('refuses %s without asking for it', async (_name, spec, code) => {
    const bytes = dicomFile(mrElements({ extra: [spec] }));
    const file = memoryFile(bytes);
    const { skipped } = await scanFiles([file], quiet);
    expect(skipped[0]?.code).toBe(code);
    expect(file.asked.bytes).toBeLessThanOrEqual(bytes.length);
  });

  it('refuses sequences nested beyond any real object', async () => {
    let nested: ElementSpec = ['0008,0104', 'LO', 'deep'];
    for (let depth = 0; depth < 200; depth++) nested = ['0008,1140', 'SQ', [[nested]]];
    const bytes = dicomFile(mrElements({ extra: [nested] }), { undefinedLengths: true });
    expect(await skippedCode(bytes)).toBe('malformed');
  });

  it('refuses a deflated header that explodes', async () => {
    const bomb = deflateRawSync(new Uint8Array(64 * 1024 * 1024));
    expect(bomb.length).toBeLessThan(128 * 1024);
    expect(await skippedCode(Buffer.concat([preamble('1.2.840.10008.1.2.1.99'), bomb]))).toBe('too-large');
  });

  it('allocates little for a file of a hundred thousand empty elements', async () => {
    const many = Buffer.concat(
      Array.from({ length: 100_000 }, () => Buffer.from([0x09, 0, 0, 0x10, 0x4c, 0x4f, 0, 0])),
    );
    const elements = mrElements();
    const bytes = Buffer.concat([
      preamble('1.2.840.10008.1.2.1'),
      dataset(elements.filter(([tag]) => tag < '0009')),
      many,
      dataset(elements.filter(([tag]) => tag > '0009')),
    ]);
    const before = process.memoryUsage().heapUsed;
    const { images } = await scan(['a', bytes]);
    expect(images).toHaveLength(1);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(4 * bytes.length);
  });
});
