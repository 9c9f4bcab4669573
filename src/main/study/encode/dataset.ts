/** A dataset by the keywords of PS3.6, as bytes in Explicit VR Little Endian (PS3.5 A.2). */
import dataElements from '../tags/data-elements.json' with { type: 'json' };
import { element, encodedText, explicitLittle, sequence, tagBytes } from './elements.ts';

/** Numbers and texts by the element's representation; bytes as they are; datasets are the items of a sequence. */
export type Value = string | number | readonly string[] | readonly number[] | Uint8Array | readonly Dataset[];

/** What is undefined is not written; an empty text is written without a value (type 2, PS3.5 7.4.3). */
export interface Dataset {
  readonly [keyword: string]: Value | undefined;
}

interface Definition {
  tag: number;
  vr: string;
}

const definitions: ReadonlyMap<string, Definition> = new Map(
  Object.entries(dataElements)
    // Repeating groups (60xx) have no one tag.
    .filter(([tag]) => /^[0-9A-F]{4},[0-9A-F]{4}$/.test(tag))
    .map(([tag, entry]) => [entry.slice(3), { tag: Number.parseInt(tag.replace(',', ''), 16), vr: entry.slice(0, 2) }]),
);

/** Decimal String has at most 16 characters (PS3.5 6.2); the digits that fit are kept. */
export const decimalString = (value: number): string => {
  if (!Number.isFinite(value)) throw new RangeError('no decimal string of a number that is not finite');
  const exact = String(value);
  if (exact.length <= 16) return exact;
  for (let digits = 15; digits > 0; digits--) {
    const shorter = String(Number(value.toPrecision(digits)));
    if (shorter.length <= 16) return shorter;
  }
  return value.toExponential(8);
};

const binary: Readonly<Record<string, readonly [bytes: number, write: (buffer: Buffer, value: number) => void]>> = {
  FD: [8, (buffer, value) => buffer.writeDoubleLE(value)],
  FL: [4, (buffer, value) => buffer.writeFloatLE(value)],
  SL: [4, (buffer, value) => buffer.writeInt32LE(value)],
  SS: [2, (buffer, value) => buffer.writeInt16LE(value)],
  UL: [4, (buffer, value) => buffer.writeUInt32LE(value)],
  US: [2, (buffer, value) => buffer.writeUInt16LE(value)],
};

/** An attribute tag, by the keyword that it points at. */
const pointer = (keyword: string): Uint8Array => {
  const definition = definitions.get(keyword);
  if (!definition) throw new TypeError(`no data element is called ${keyword}`);
  return tagBytes(definition.tag, explicitLittle);
};

const evenBytes = (bytes: Uint8Array): Uint8Array =>
  bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Uint8Array.of(0)]);

const isDatasets = (values: readonly unknown[]): values is readonly Dataset[] => typeof values[0] === 'object';

const numbers = (vr: string, values: readonly (string | number)[]): Uint8Array | undefined => {
  const [size, write] = binary[vr] ?? [];
  if (size === undefined || write === undefined) return undefined;
  return Buffer.concat(
    values.map((value) => {
      const buffer = Buffer.alloc(size);
      write(buffer, Number(value));
      return buffer;
    }),
  );
};

const text = (value: string | number, vr: string): string =>
  typeof value === 'number' && vr === 'DS' ? decimalString(value) : String(value);

const encodedValue = (keyword: string, { tag, vr }: Definition, value: Value): Uint8Array => {
  if (value instanceof Uint8Array) return element(tag, vr, evenBytes(value), explicitLittle);
  const values = typeof value === 'object' ? value : [value];
  if (vr === 'AT') return element(tag, vr, Buffer.concat(values.map((one) => pointer(String(one)))), explicitLittle);
  if (vr === 'SQ') {
    if (values.length > 0 && !isDatasets(values)) throw new TypeError(`${keyword} is a sequence`);
    return sequence(tag, (values as readonly Dataset[]).map(encodedDataset), explicitLittle);
  }
  if (isDatasets(values)) throw new TypeError(`${keyword} is no sequence`);
  const plain = values as readonly (string | number)[];
  const bytes =
    numbers(vr, plain.length === 1 && plain[0] === '' ? [] : plain) ??
    encodedText(plain.map((one) => text(one, vr)).join('\\'), vr);
  return element(tag, vr, bytes, explicitLittle);
};

/** In the order of tags. Throws where a keyword is not in the dictionary, or its value is of another kind: a fault of the caller. */
export const encodedDataset = (dataset: Dataset): Uint8Array => {
  const written = Object.entries(dataset).flatMap(([keyword, value]) => {
    if (value === undefined) return [];
    const definition = definitions.get(keyword);
    if (!definition) throw new TypeError(`no data element is called ${keyword}`);
    return [{ tag: definition.tag, bytes: encodedValue(keyword, definition, value) }];
  });
  return Buffer.concat(written.sort((a, b) => a.tag - b.tag).map(({ bytes }) => bytes));
};
