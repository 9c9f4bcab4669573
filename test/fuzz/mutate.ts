/** Structure-aware mutations: what editors, networks and attackers do to elements, not to random bytes alone. */
import { elementPlaces, type Place } from './elements.ts';
import type { Random } from './random.ts';

type Mutation = (bytes: Uint8Array, places: readonly Place[], random: Random) => Uint8Array;

const hostileLengths = [
  0, 1, 2, 3, 7, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xfffffffe, 0xffffffff,
];
const representations = [
  'AE',
  'AT',
  'CS',
  'DS',
  'FD',
  'FL',
  'IS',
  'LO',
  'OB',
  'OW',
  'PN',
  'SQ',
  'UI',
  'UL',
  'UN',
  'US',
  'UT',
  'ZZ',
  '\0\0',
];
const hostileNumbers = [
  '0',
  '-1',
  '1e308',
  '-1e308',
  '1E-320',
  '99999999999',
  'NaN',
  'Infinity',
  '0x10',
  '',
  '1\\2\\3',
  '\\\\\\',
  '..',
  '+',
  '4294967296',
];
const texts = [
  '\u001b$B',
  '\u001b$)C\u00ff',
  '\\'.repeat(50),
  '^=^=^',
  '\u0000'.repeat(20),
  'ISO 2022 IR 87\\ISO 2022 IR 999',
  'GB18030',
  '\u001b',
];

const write = (bytes: Uint8Array, { lengthAt, lengthBytes }: Place, value: number): void => {
  for (let i = 0; i < lengthBytes; i++) bytes[lengthAt + i] = Math.floor(value / 256 ** i) % 256;
};

/** `Uint8Array.slice` copies; that of a Buffer, which is what files are read as, does not. */
const copyOf = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);

const splice = (bytes: Uint8Array, from: number, to: number, middle: Uint8Array): Uint8Array =>
  Buffer.concat([bytes.subarray(0, from), middle, bytes.subarray(to)]);

const endOf = ({ valueAt, valueLength }: Place): number => valueAt + valueLength;

/** Replaces a value and corrects its length, so that what follows still reads. */
const replaceValue = (bytes: Uint8Array, place: Place, value: Uint8Array): Uint8Array => {
  const even = value.length % 2 === 0 ? value : Buffer.concat([value, new Uint8Array(1)]);
  const changed = splice(bytes, place.valueAt, endOf(place), even);
  write(changed, place, even.length);
  return changed;
};

const mutations: Mutation[] = [
  function changeLength(bytes, places, random) {
    const place = random.pick(places);
    const copy = copyOf(bytes);
    const near = place.valueLength + random.below(9) - 4;
    write(copy, place, random.chance(0.5) ? random.pick(hostileLengths) : Math.max(0, near));
    return copy;
  },
  function changeRepresentation(bytes, places, random) {
    const place = random.pick(places);
    return splice(bytes, place.start + 4, place.start + 6, Buffer.from(random.pick(representations), 'latin1'));
  },
  function changeTag(bytes, places, random) {
    const { start } = random.pick(places);
    return splice(bytes, random.pick(places).start, random.pick(places).start + 4, bytes.subarray(start, start + 4));
  },
  function changeNumber(bytes, places, random) {
    const numeric = places.filter(({ vr }) => vr === 'IS' || vr === 'DS');
    if (numeric.length === 0) return bytes;
    return replaceValue(bytes, random.pick(numeric), Buffer.from(random.pick(hostileNumbers)));
  },
  function changeBinaryNumber(bytes, places, random) {
    const numeric = places.filter(({ vr, valueLength }) => (vr === 'US' || vr === 'UL') && valueLength >= 2);
    if (numeric.length === 0) return bytes;
    const copy = copyOf(bytes);
    const { valueAt } = random.pick(numeric);
    const value = random.pick([0, 1, 2, 3, 7, 9, 12, 15, 16, 17, 31, 32, 33, 64, 255, 32768, 65535]);
    copy.set([value % 256, Math.floor(value / 256)], valueAt);
    return copy;
  },
  function changeText(bytes, places, random) {
    const textual = places.filter(({ vr }) => /^(CS|LO|PN|SH|LT|UI|TM|DA)$/.test(vr));
    if (textual.length === 0) return bytes;
    return replaceValue(bytes, random.pick(textual), Buffer.from(random.pick(texts), 'latin1'));
  },
  function remove(bytes, places, random) {
    const place = random.pick(places);
    return splice(bytes, place.start, endOf(place), new Uint8Array(0));
  },
  function duplicate(bytes, places, random) {
    const place = random.pick(places);
    const times = random.chance(0.1) ? 2000 : 1;
    const element = bytes.subarray(place.start, endOf(place));
    if (element.length * times > 4_000_000) return bytes;
    return splice(bytes, place.start, place.start, Buffer.concat(Array.from({ length: times }, () => element)));
  },
  function move(bytes, places, random) {
    const place = random.pick(places);
    const element = bytes.slice(place.start, endOf(place));
    const without = splice(bytes, place.start, endOf(place), new Uint8Array(0));
    const to = Math.min(without.length, random.pick(places).start);
    return splice(without, to, to, element);
  },
  function nest(bytes, places, random) {
    const place = random.pick(places);
    const open = Buffer.from('08004011535100 00ffffffff feff00e0ffffffff'.replaceAll(' ', ''), 'hex');
    const depth = random.pick([1, 10, 40, 3000]);
    return splice(bytes, place.start, place.start, Buffer.concat(Array.from({ length: depth }, () => open)));
  },
  function cut(bytes, places, random) {
    const place = random.pick(places);
    return bytes.slice(0, random.chance(0.5) ? place.start + random.below(14) : random.below(bytes.length + 1));
  },
  function delimiter(bytes, places, random) {
    const { start } = random.pick(places);
    const which = random.pick(['feff00e000000000', 'feff0de000000000', 'feffdde000000000', 'feff00e0ffffffff']);
    return splice(bytes, start, start, Buffer.from(which, 'hex'));
  },
  function flipBytes(bytes, places, random) {
    const copy = copyOf(bytes);
    const last = places.at(-1);
    const from = last && random.chance(0.5) ? last.start : 0;
    const count = 1 + random.below(8);
    for (let i = 0; i < count; i++) copy[from + random.below(Math.max(1, bytes.length - from))] = random.below(256);
    return copy;
  },
  function noise(bytes, _places, random) {
    const copy = copyOf(bytes);
    const from = random.below(bytes.length);
    const length = Math.min(bytes.length - from, 1 + random.below(64));
    for (let i = 0; i < length; i++) copy[from + i] = random.below(256);
    return copy;
  },
];

/** One to four mutations of a file. */
export const mutate = (bytes: Uint8Array, random: Random): Uint8Array => {
  let mutated = bytes;
  const rounds = 1 + random.below(4);
  for (let i = 0; i < rounds; i++) {
    const places = elementPlaces(mutated);
    if (places.length === 0) break;
    mutated = random.pick(mutations)(mutated, places, random);
  }
  return mutated;
};
