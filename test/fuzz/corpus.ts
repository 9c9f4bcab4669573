/** What is mutated: generated files of every shape, and the small ones of the public test data where they are. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { dataset, dicomFile, type ElementSpec, mrElements, preamble } from '../fixtures/dicom/write-dicom.ts';
import { testdataRoot } from '../fixtures/testdata.ts';
import { dicomdirRecords } from './grammar/dicomdir-records.ts';
import { functionGroups } from './grammar/function-groups.ts';
import { zipDirectory } from './grammar/zip-directory.ts';
import { mutate } from './mutate.ts';
import type { Random } from './random.ts';

const largestReal = 60_000;

const enhanced = (): ElementSpec[] => {
  const frame = (z: number): ElementSpec[] => [
    [
      '0020,9111',
      'SQ',
      [
        [
          ['0020,9128', 'UL', 1],
          ['0020,9157', 'UL', [1, z]],
        ],
      ],
    ],
    ['0020,9113', 'SQ', [[['0020,0032', 'DS', `0\\0\\${z}`]]]],
    ['0018,9114', 'SQ', [[['0018,9082', 'FD', 2.3]]]],
  ];
  return mrElements({
    pixels: new Uint8Array(3 * 48),
    extra: [
      ['0008,0016', 'UI', '1.2.840.10008.5.1.4.1.1.4.1'],
      ['0028,0008', 'IS', '3'],
      [
        '5200,9229',
        'SQ',
        [
          [
            [
              '0028,9110',
              'SQ',
              [
                [
                  ['0028,0030', 'DS', '1\\1'],
                  ['0018,0050', 'DS', '3'],
                ],
              ],
            ],
          ],
        ],
      ],
      ['5200,9230', 'SQ', [frame(1), frame(2), frame(3)]],
    ],
  });
};

/** RLE of 4 × 6 cells of two bytes: two segments of literal and repeated runs. */
const rle = (): Uint8Array => {
  const frame = new Uint8Array(64 + 4);
  frame.set([2, 0, 0, 0, 64, 0, 0, 0, 66, 0, 0, 0]);
  frame.set([256 - 23, 0, 256 - 23, 7], 64);
  const item = (body: Uint8Array) =>
    Buffer.concat([Buffer.from('feff00e0', 'hex'), Buffer.from([body.length, 0, 0, 0]), body]);
  return Buffer.concat([item(new Uint8Array(0)), item(frame), Buffer.from('feffdde000000000', 'hex')]);
};

const dicomdir = (): Uint8Array => {
  const record = (id: string): ElementSpec[] => [
    ['0004,1430', 'CS', 'IMAGE'],
    ['0004,1500', 'CS', id],
  ];
  const head = preamble('1.2.840.10008.1.2.1');
  const uid = Buffer.from(head).indexOf('1.2.840.10008.5.1.4.1.1.4');
  const changed = head.slice();
  changed.set(Buffer.from('1.2.840.10008.1.3.10\0\0\0\0\0'), uid);
  return Buffer.concat([changed, dataset([['0004,1220', 'SQ', [record('A\\B'), record('A\\C'), record('D')]]])]);
};

const generated = (): Uint8Array[] => [
  dicomFile(mrElements()),
  dicomFile(mrElements(), { explicit: false }),
  dicomFile(mrElements(), { littleEndian: false }),
  dicomFile(enhanced()),
  dicomFile(enhanced(), { undefinedLengths: true }),
  dataset(mrElements()),
  Buffer.concat([preamble('1.2.840.10008.1.2.1.99'), deflateRawSync(dataset(mrElements()))]),
  Buffer.concat([
    preamble('1.2.840.10008.1.2.5'),
    dataset([...mrElements().filter(([tag]) => tag < '7FE0'), ['7FE0,0010', 'OB', rle(), 0xffffffff]]),
  ]),
  dicomdir(),
];

/** Files that once went wrong, each with its story in the README beside them. */
const regressions = (): Uint8Array[] => {
  const folder = join(import.meta.dirname, '../fixtures/dicom/regressions');
  return readdirSync(folder)
    .filter((name) => name !== 'README.md')
    .map((name) => readFileSync(join(folder, name)));
};

const real = (root: string): Uint8Array[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => join(root, name))
    .filter((path) => {
      const stats = statSync(path);
      return stats.isFile() && stats.size > 0 && stats.size <= largestReal;
    })
    .map((path) => readFileSync(path));

export const corpus = (): Uint8Array[] => {
  const root = testdataRoot();
  // The few generated files come often enough not to be drowned by the many real ones.
  const own = [...generated(), ...regressions()];
  return root ? [...real(root), ...Array.from({ length: 10 }, () => own).flat()] : own;
};

/** Made from the grammar of what holds images; half of them are mutated on top, as any other file is. */
const grammars = [zipDirectory, dicomdirRecords, functionGroups];

/** The file of one seed: a mutated one of `files`, or one by grammar. */
export const fuzzedFile = (files: readonly Uint8Array[], random: Random): Uint8Array => {
  if (random.chance(0.6)) return mutate(random.pick(files), random);
  const made = random.pick(grammars)(random);
  return random.chance(0.5) ? mutate(made, random) : made;
};
