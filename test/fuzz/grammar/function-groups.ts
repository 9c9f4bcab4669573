/** Enhanced objects whose functional groups are made from their grammar (PS3.3 C.7.6.16), right, doubled, empty or missing. */
import { dicomFile, type ElementSpec, type Item, mrElements } from '../../fixtures/dicom/write-dicom.ts';
import type { Random } from '../random.ts';

const numbers = ['0', '1', '-1', '3.5', '1e308', 'NaN', '', '1\\2', '0\\0\\5', '1\\0\\0\\0\\1\\0', '0\\0\\0\\0\\0\\0'];

const macros: ((random: Random) => ElementSpec)[] = [
  (random) => [
    '0020,9113',
    'SQ',
    items(random, () => [['0020,0032', 'DS', random.chance(0.7) ? `0\\0\\${random.below(9)}` : random.pick(numbers)]]),
  ],
  (random) => [
    '0020,9116',
    'SQ',
    items(random, () => [['0020,0037', 'DS', random.chance(0.7) ? '1\\0\\0\\0\\1\\0' : random.pick(numbers)]]),
  ],
  (random) => [
    '0028,9110',
    'SQ',
    items(random, () => [
      ['0018,0050', 'DS', random.pick(numbers)],
      ['0028,0030', 'DS', random.pick(numbers)],
    ]),
  ],
  (random) => [
    '0018,9114',
    'SQ',
    items(random, () => [['0018,9082', 'FD', random.pick([0, 2.3, -1, 1e300, Number.NaN])]]),
  ],
  (random) => [
    '0020,9111',
    'SQ',
    items(random, () => [
      ['0020,9056', 'SH', random.pick(['1', '', 'x'])],
      ['0020,9128', 'UL', random.pick([0, 1, 2, 0xffffffff])],
      ['0020,9157', 'UL', Array.from({ length: random.below(4) }, () => random.pick([0, 1, 2, 0xffffffff]))],
    ]),
  ],
  (random) => [
    '0028,9145',
    'SQ',
    items(random, () => [
      ['0028,1052', 'DS', random.pick(numbers)],
      ['0028,1053', 'DS', random.pick(numbers)],
    ]),
  ],
  (random) => ['0018,9341', 'SQ', items(random, () => [['0018,0010', 'LO', 'agent']])],
  (random) => ['0018,9117', 'SQ', items(random, () => [['0018,9087', 'FD', random.pick([0, 800, -1])]])],
];

/** A macro has one item; none and two are met. */
const items = (random: Random, item: () => Item): Item[] =>
  Array.from({ length: random.chance(0.85) ? 1 : random.below(3) }, item);

const group = (random: Random): Item => {
  const chosen = macros.filter(() => random.chance(0.7)).map((macro) => macro(random));
  if (random.chance(0.1) && chosen[0]) chosen.push(chosen[0]);
  return chosen.sort(([a], [b]) => (a < b ? -1 : 1));
};

export const functionGroups = (random: Random): Uint8Array => {
  const frames = 1 + random.below(6);
  const described = random.chance(0.9) ? frames : random.below(9);
  const claimed = random.chance(0.9) ? String(frames) : random.pick(['0', '', '-1', '20001', '1e9', '7']);
  const extra: ElementSpec[] = [
    ['0008,0016', 'UI', '1.2.840.10008.5.1.4.1.1.4.1'],
    ['0028,0008', 'IS', claimed],
  ];
  if (random.chance(0.9)) extra.push(['5200,9229', 'SQ', items(random, () => group(random))]);
  if (random.chance(0.95)) extra.push(['5200,9230', 'SQ', Array.from({ length: described }, () => group(random))]);
  const options = { undefinedLengths: random.chance(0.5), explicit: random.chance(0.8) };
  return dicomFile(mrElements({ pixels: new Uint8Array(frames * 48), extra }), options);
};
