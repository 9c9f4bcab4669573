/** DICOMDIRs whose records are made from their grammar (PS3.3 annex F), with File IDs that discs and attackers write. */
import { dataset, type ElementSpec, type Item, preamble } from '../../fixtures/dicom/write-dicom.ts';
import type { Random } from '../random.ts';

const components = [
  'A',
  'B',
  'a',
  'A.dcm',
  'A.;1',
  '.',
  '..',
  '',
  '/',
  'A/B',
  '../A',
  'C:',
  '\0',
  'A'.repeat(300),
  'é',
  '~',
  'LINK',
];
const kinds = ['PATIENT', 'STUDY', 'SERIES', 'IMAGE', 'SR DOCUMENT', '', 'image'];
const offsets = [0, 1, 132, 400, 0x7fffffff, 0xffffffff];

const record = (random: Random): Item => {
  const elements: ElementSpec[] = [
    ['0004,1400', 'UL', random.pick(offsets)],
    ['0004,1410', 'US', random.pick([0, 0xffff, 1])],
    ['0004,1420', 'UL', random.pick(offsets)],
    ['0004,1430', 'CS', random.pick(kinds)],
  ];
  if (random.chance(0.8)) {
    const fileId = Array.from({ length: random.below(5) }, () => random.pick(components)).join('\\');
    elements.push(['0004,1500', random.pick(['CS', 'UN', 'LO']), fileId]);
  }
  if (random.chance(0.1)) elements.push(['0004,1220', 'SQ', [record(random)]]);
  return elements;
};

export const dicomdirRecords = (random: Random): Uint8Array => {
  const head = Buffer.from(preamble('1.2.840.10008.1.2.1'));
  Buffer.from('1.2.840.10008.1.3.10\0\0\0\0\0').copy(head, head.indexOf('1.2.840.10008.5.1.4.1.1.4'));
  const records = Array.from({ length: random.below(12) }, () => record(random));
  const sequence: ElementSpec = ['0004,1220', 'SQ', records];
  if (random.chance(0.1)) sequence[3] = random.pick([0, 8, 0xffff, 0x7fffffff]);
  return Buffer.concat([
    head,
    dataset([['0004,1130', 'CS', 'DISC'], ['0004,1200', 'UL', random.pick(offsets)], sequence], {
      undefinedLengths: random.chance(0.5),
    }),
  ]);
};
