/** Zips whose directory is made from its grammar (APPNOTE.TXT 4.3), with fields, records and surroundings that lie. */
import { dicomFile, mrElements } from '../../fixtures/dicom/write-dicom.ts';
import { type ZipEntry, zipArchive } from '../../fixtures/dicom/write-zip.ts';
import type { Random } from '../random.ts';

const names = [
  'IM1',
  'im1',
  'DICOM/IM1',
  'DICOM\\IM1',
  '../IM1',
  '/IM1',
  'C:/IM1',
  '',
  '.',
  'a/',
  '__MACOSX/._a',
  'a\0b',
  'é',
  '\ufeffIM',
];
const oddNames = ['b6afc2f6', '9359', 'ff', 'c3', 'e58aa8e88489'];
const numbers = [0, 1, 21, 22, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const entry = (random: Random): ZipEntry => ({
  name: random.chance(0.2) ? Buffer.from(random.pick(oddNames), 'hex') : random.pick(names),
  bytes: random.chance(0.2)
    ? new Uint8Array(random.below(50))
    : dicomFile(mrElements({ instance: 1 + random.below(3) })),
  ...(random.chance(0.3) ? { method: random.pick([0, 8, 8, 9, 12, 99]) } : {}),
  ...(random.chance(0.1) ? { claimedSize: random.pick(numbers) } : {}),
  ...(random.chance(0.1) ? { claimedCompressedSize: random.pick(numbers) } : {}),
  ...(random.chance(0.05) ? { encrypted: true } : {}),
});

/** Offset and size of the fields of the end record and of a directory record. */
const endFields: [at: number, bytes: number][] = [
  [4, 2],
  [6, 2],
  [8, 2],
  [10, 2],
  [12, 4],
  [16, 4],
  [20, 2],
];
const recordFields: [at: number, bytes: number][] = [
  [8, 2],
  [10, 2],
  [16, 4],
  [20, 4],
  [24, 4],
  [28, 2],
  [30, 2],
  [32, 2],
  [34, 2],
  [42, 4],
];
const localFields: [at: number, bytes: number][] = [
  [6, 2],
  [8, 2],
  [14, 4],
  [18, 4],
  [22, 4],
  [26, 2],
  [28, 2],
];

const placesOf = (bytes: Buffer, signature: string): number[] => {
  const places: number[] = [];
  const wanted = Buffer.from(signature, 'hex');
  for (let at = bytes.indexOf(wanted); at >= 0; at = bytes.indexOf(wanted, at + 1)) places.push(at);
  return places;
};

const lie = (bytes: Buffer, signature: string, fields: readonly [number, number][], random: Random): void => {
  const places = placesOf(bytes, signature);
  if (places.length === 0) return;
  const [at, size] = random.pick(fields);
  const place = random.pick(places) + at;
  if (place + size > bytes.length) return;
  bytes.writeUIntLE(random.pick(numbers) % 256 ** size, place, size);
};

const surround = (bytes: Buffer, random: Random): Buffer => {
  const zip64Locator = Buffer.concat([Buffer.from('504b0607', 'hex'), Buffer.alloc(16, random.below(256))]);
  const parts = [bytes];
  if (random.chance(0.2)) parts.unshift(Buffer.from('MZ'), Buffer.alloc(random.below(3000)));
  if (random.chance(0.2)) parts.push(Buffer.alloc(random.below(3000), random.below(256)));
  if (random.chance(0.1)) parts.splice(parts.length - 1, 0, zip64Locator);
  // A second end record, of nothing, or of the first one's directory.
  if (random.chance(0.1)) parts.push(bytes.subarray(-22));
  return Buffer.concat(parts);
};

export const zipDirectory = (random: Random): Uint8Array => {
  const bytes = Buffer.from(zipArchive(Array.from({ length: random.below(6) }, () => entry(random))));
  for (let i = random.below(4); i > 0; i--) {
    if (random.chance(0.4)) lie(bytes, '504b0506', endFields, random);
    else if (random.chance(0.6)) lie(bytes, '504b0102', recordFields, random);
    else lie(bytes, '504b0304', localFields, random);
  }
  const around = surround(bytes, random);
  return random.chance(0.1) ? around.subarray(0, random.below(around.length + 1)) : around;
};
