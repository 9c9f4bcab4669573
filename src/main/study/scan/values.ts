/** Values of single elements as JavaScript values (PS3.5 section 6.2). */
import type { FactValue } from '#shared/study/facts.ts';
import type { DecodeText } from '../text/character-set.ts';
import type { Encoding, RawElement } from './element-reader.ts';
import { undefinedLength } from './element-reader.ts';

/** Longer than any value a scan needs; what lies behind is not read. */
const longestValue = 4096;

const textRepresentations = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);

const binaryNumbers: Record<string, { size: number; read: (view: DataView, at: number, little: boolean) => number }> = {
  US: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  SS: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  UL: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  SL: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  FL: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  FD: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
};

const isPadding = (code: number): boolean => code === 0x20 || code === 0;

/** PS3.5 6.2: leading and trailing spaces mean nothing in these representations; NUL padding is a common error. */
export const trimPadding = (text: string): string => {
  let start = 0;
  let end = text.length;
  while (start < end && isPadding(text.charCodeAt(start))) start++;
  while (end > start && isPadding(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
};

const oneOrMany = <T extends string | number>(values: T[]): T | T[] | null => {
  const [first] = values;
  if (first === undefined) return null;
  return values.length === 1 ? first : values;
};

const decimalForm = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** DS and IS, with the comma that some locales' software wrote. Undefined where it is no number. */
const decimal = (text: string): number | undefined => {
  const trimmed = trimPadding(text);
  if (trimmed === '') return undefined;
  const plain = trimmed.includes(',') ? trimmed.replace(',', '.') : trimmed;
  // Number() alone would also take hexadecimal and the word Infinity.
  if (!decimalForm.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
};

const decimals = (text: string): FactValue => {
  if (!text.includes('\\')) return decimal(text) ?? null;
  const values = text.split('\\').map(decimal);
  // One unreadable component makes a position or spacing meaningless: the whole value is absent.
  return values.includes(undefined) ? null : values.filter((value) => value !== undefined);
};

export const rawBytes = (bytes: Uint8Array, element: RawElement): Uint8Array =>
  element.length === undefinedLength
    ? new Uint8Array(0)
    : bytes.subarray(element.start, element.start + Math.min(element.length, longestValue));

const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** The value of an element, `null` where it is empty or unreadable. `vr` is the representation to read it by. */
export const elementValue = (
  bytes: Uint8Array,
  element: RawElement,
  vr: string,
  encoding: Encoding,
  decodeText: DecodeText,
): FactValue => {
  const raw = rawBytes(bytes, element);
  if (raw.length === 0) return null;
  if (vr === 'DS' || vr === 'IS') return decimals(latin1(raw));
  const binary = binaryNumbers[vr];
  if (binary) {
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    const values: number[] = [];
    for (let at = 0; at + binary.size <= raw.length; at += binary.size) {
      const value = binary.read(view, at, encoding.littleEndian);
      if (!Number.isFinite(value)) return null;
      values.push(value);
    }
    return oneOrMany(values);
  }
  if (vr === 'LT' || vr === 'ST' || vr === 'UT') return trimPadding(decodeText(raw, vr)) || null;
  const text = textRepresentations.has(vr) ? decodeText(raw, vr) : latin1(raw);
  if (!text.includes('\\')) return trimPadding(text) || null;
  return oneOrMany(text.split('\\').map(trimPadding));
};
