import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openInput } from '../../../../../src/main/study/archive/open-input.ts';
import { zipInput } from '../../../../../src/main/study/archive/zip.ts';
import { defaultZipLimits } from '../../../../../src/main/study/archive/zip-limits.ts';
import type { StudyInput } from '../../../../../src/main/study/bytes/input.ts';
import { scanFiles } from '../../../../../src/main/study/scan/scan-files.ts';
import { groupSeries } from '../../../../../src/main/study/series/group-series.ts';
import { decodeVolume } from '../../../../../src/main/study/volumes/decode-volume.ts';
import { dicomFile, mrElements } from '../../../../fixtures/dicom/write-dicom.ts';
import { type ZipEntry, zipArchive } from '../../../../fixtures/dicom/write-zip.ts';
import { folderForAll } from '../../../../fixtures/temporary-folder.ts';
import { quiet } from '../scan/memory-source.ts';

const folder = folderForAll();

let count = 0;
const archive = (bytes: Uint8Array): string => {
  const path = join(folder, `${count++}.dat`);
  writeFileSync(path, bytes);
  return path;
};
const image = (instance: number): Uint8Array => dicomFile(mrElements({ instance }));

const open = async <T>(entries: ZipEntry[], use: (input: StudyInput) => Promise<T>): Promise<T> => {
  const input = await openInput(archive(zipArchive(entries)), quiet.signal);
  try {
    return await use(input);
  } finally {
    await input.close();
  }
};

/** Two series of one patient, IM1 to IM4 each, as a flattened or appended archive holds them: every name twice. */
const twoSeries = (name: (series: number, instance: number) => string | Uint8Array): ZipEntry[] =>
  [100, 900].flatMap((base, series) =>
    [1, 2, 3, 4].map((instance) => ({
      name: name(series, instance),
      bytes: dicomFile(
        mrElements({
          instance,
          uid: `1.2.3.${series}.${instance}`,
          pixels: new Uint8Array(new Uint16Array(24).fill(base + instance).buffer),
          extra: [['0020,000E', 'UI', `1.2.3.${series}`]],
        }),
      ),
    })),
  );

const decodedValues = async (input: StudyInput): Promise<number[][]> => {
  const { images } = await scanFiles(input.files, quiet);
  const volumes: number[][] = [];
  for (const stack of groupSeries(images)) {
    const { data, info } = await decodeVolume('o', stack, input.files, quiet);
    volumes.push(
      Array.from({ length: info.shape[0] }, (_, slice) => data[slice * info.shape[1] * info.shape[2]] ?? -1),
    );
  }
  return volumes;
};

describe('names in a zip', () => {
  it.each<[string, (series: number, instance: number) => string | Uint8Array, number]>([
    ['differ', (series, instance) => `${series}/IM${instance}`, 0],
    ['are equal', (_, instance) => `DICOM/IM${instance}`, 4],
    ['differ in case alone', (series, instance) => `${series === 0 ? 'DICOM' : 'dicom'}/IM${instance}`, 4],
    ['differ in components that say nothing', (series, instance) => `${series === 0 ? 'D/' : './D//'}IM${instance}`, 4],
    ['differ in their separators', (series, instance) => `D${series === 0 ? '/' : '\\'}IM${instance}`, 4],
    [
      'are equal once normalised',
      (series, instance) => `${'\u00e9'.normalize(series === 0 ? 'NFC' : 'NFD')}/${instance}`,
      4,
    ],
    [
      'are equal once decoded',
      (series, instance) =>
        Buffer.concat([series === 0 ? Buffer.from('肝') : Buffer.from([0xb8, 0xce]), Buffer.from(`/${instance}`)]),
      4,
    ],
  ])('are no keys: two series whose names %s keep their own pixels', async (_, name, repeated) => {
    await open(twoSeries(name), async (input) => {
      expect(await decodedValues(input)).toEqual([
        [101, 102, 103, 104],
        [901, 902, 903, 904],
      ]);
      expect(input.notes.map(({ code, params }) => [code, params])).toEqual(
        repeated === 0 ? [] : [['names-repeat', { entries: repeated }]],
      );
    });
  });
});

describe('a zip', () => {
  it('refuses pixels whose bytes were flipped after the checksum was made', async () => {
    const bytes = zipArchive([{ name: 'a', bytes: image(1), method: 0 }]);
    // The last byte of the pixel data, in front of the central directory.
    const at = Buffer.from(bytes).indexOf(Buffer.from('PK\u0001\u0002', 'latin1')) - 1;
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    const input = await openInput(archive(bytes), quiet.signal);
    await expect(decodedValues(input)).rejects.toMatchObject({
      code: 'cannot-decode',
      message: expect.stringContaining('does not fit its checksum'),
    });
    await input.close();
  });

  it('is recognised by its bytes and scanned like a folder', async () => {
    const { images, skipped } = await open(
      [
        { name: 'series/', bytes: new Uint8Array(0), method: 0 },
        { name: 'series/b', bytes: image(2) },
        { name: 'series/a', bytes: image(1), method: 0 },
        { name: 'read me.txt', bytes: Buffer.from('hello') },
      ],
      (input) => scanFiles(input.files, quiet),
    );
    expect(images.map(({ file, attributes }) => [file, attributes.InstanceNumber])).toEqual([
      ['series/a', 1],
      ['series/b', 2],
    ]);
    expect(skipped.map(({ file, code }) => [file, code])).toEqual([['read me.txt', 'not-dicom']]);
  });

  it('is scanned many entries at a time, each left as soon as its header is known', async () => {
    // Noise does not shrink, so that every entry has more bytes waiting behind its header.
    let state = 1;
    const noise = Buffer.alloc(512 * 512 * 2).map(() => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    });
    const entries = Array.from({ length: 40 }, (_, instance) => ({
      name: `${instance}`,
      bytes: dicomFile(mrElements({ instance, rows: 512, columns: 512, pixels: noise })),
    }));
    const { images } = await open(entries, (input) => scanFiles(input.files, quiet));
    expect(images).toHaveLength(40);
  });

  it.each(['../../etc/passwd', '/etc/passwd', 'C:\\windows\\x', 'a/../../b', 'a\\..\\..\\b', 'a\u0000b'])(
    'refuses the entry name %j and keeps the others',
    async (name) => {
      const input = await open(
        [
          { name, bytes: image(1) },
          { name: 'good', bytes: image(2) },
        ],
        async (opened) => opened,
      );
      expect(input.files.map(({ file }) => file)).toEqual(['good']);
      expect(input.skipped[0]?.code).toBe('unsafe-name');
    },
  );

  it('reads names in the code page of Chinese Windows', async () => {
    const input = await open([{ name: Buffer.from('b8ceD4e0', 'hex'), bytes: image(1) }], async (opened) => opened);
    expect(input.files[0]?.file).toBe('肝脏 [?]');
  });

  it('leaves out encrypted entries and unknown compression methods', async () => {
    const input = await open(
      [
        { name: 'locked', bytes: image(1), encrypted: true },
        { name: 'odd', bytes: image(2), method: 99 },
        { name: 'good', bytes: image(3) },
      ],
      async (opened) => opened,
    );
    expect(input.files.map(({ file }) => file)).toEqual(['good']);
    expect(input.skipped.map(({ file, code }) => [file, code])).toEqual([
      ['locked', 'archive-entry'],
      ['odd', 'archive-entry'],
    ]);
  });

  it('lists an entry whose stream is longer than it claims, without unpacking it', async () => {
    const { images, skipped } = await open(
      [
        { name: 'liar', bytes: new Uint8Array(4_000_000), claimedSize: 4000 },
        { name: 'good', bytes: image(1) },
      ],
      (input) => scanFiles(input.files, quiet),
    );
    expect(images.map(({ file }) => file)).toEqual(['good']);
    expect(skipped.map(({ file }) => file)).toEqual(['liar']);
  });

  it('refuses a bomb as a whole, by ratio, size and number of entries', async () => {
    const limits = { ...defaultZipLimits, ratioFreeBytes: 1_000_000 };
    const bomb = archive(zipArchive([{ name: 'a', bytes: new Uint8Array(8_000_000) }]));
    await expect(zipInput(bomb, limits)).rejects.toMatchObject({ code: 'unsafe-archive' });
    const entries = Array.from({ length: 30 }, (_, i) => ({ name: String(i), bytes: image(i) }));
    const many = archive(zipArchive(entries));
    await expect(zipInput(many, { ...defaultZipLimits, entries: 20 })).rejects.toMatchObject({
      code: 'unsafe-archive',
    });
    await expect(zipInput(many, { ...defaultZipLimits, totalBytes: 1000 })).rejects.toMatchObject({
      code: 'unsafe-archive',
    });
  });

  it('says when the archive itself is damaged', async () => {
    const bytes = zipArchive([{ name: 'a', bytes: image(1) }]);
    await expect(openInput(archive(bytes.subarray(0, 60)), quiet.signal)).rejects.toMatchObject({
      code: 'bad-archive',
    });
  });
});
