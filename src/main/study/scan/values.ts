/** Values of single elements as JavaScript values (PS3.5 section 6.2). */
import type { FactValue } from '#shared/study/facts.ts';
import type { DecodeText } from '../text/character-set.ts';
import type { Encoding, RawElement } from './element-reader.ts';
import { undefinedLength } from './element-reader.ts';

/** Longer than any value a scan needs; what lies behind is not read. */
const longestValue = 4096;

const textRepresentations = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);

interface BinaryNumber {
  size: number;
  read: (view: DataView, at: number, littleEndian: boolean) => number;
}
const binaryNumbers: Record<string, BinaryNumber | undefined> = {
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

/** DS and IS as text, with the comma that some locales' software wrote. Undefined where it is no number. */
const decimal = (text: string): number | undefined => {
  const trimmed = trimPadding(text);
  const plain = trimmed.includes(',') ? trimmed.replace(',', '.') : trimmed;
  // Number() alone would also take hexadecimal and the word Infinity.
  if (!decimalForm.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
};

const powersOfTen = Array.from({ length: 16 }, (_, exponent) => 10 ** exponent);
/** Digits that a number's integer form may have and still be exact. */
const mostDigits = 15;

/**
 * A decimal straight from its bytes, `undefined` where it is not of the plain form `[-]digits[.digits]`. Both the
 * digits and the power of ten are exact, so that their quotient is the nearest number, as `Number()` gives it.
 */
const plainDecimal = (bytes: Uint8Array, start: number, end: number): number | undefined => {
  let at = start;
  const isNegative = bytes[at] === 0x2d;
  if (isNegative) at++;
  let value = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x30 && byte <= 0x39) {
      value = value * 10 + (byte - 0x30);
      digits++;
      if (decimals >= 0) decimals++;
    } else if (byte === 0x2e && decimals < 0) decimals = 0;
    else return undefined;
  }
  if (digits === 0 || digits > mostDigits) return undefined;
  const scaled = decimals > 0 ? value / (powersOfTen[decimals] ?? Number.NaN) : value;
  return isNegative ? -scaled : scaled;
};

const component = (bytes: Buffer, from: number, to: number): number | undefined => {
  let start = from;
  let end = to;
  while (start < end && isPadding(bytes[start] ?? 0)) start++;
  while (end > start && isPadding(bytes[end - 1] ?? 0)) end--;
  return plainDecimal(bytes, start, end) ?? decimal(bytes.toString('latin1', start, end));
};

const decimals = (bytes: Buffer, start: number, end: number): FactValue => {
  const values: number[] = [];
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && bytes[at] !== 0x5c) continue;
    const value = component(bytes, from, at);
    // One unreadable component makes a position or spacing meaningless: the whole value is absent.
    if (value === undefined) return null;
    values.push(value);
    from = at + 1;
  }
  return oneOrMany(values);
};

/** End of the part of the value that is read. */
const valueEnd = (element: RawElement): number =>
  element.length === undefinedLength ? element.start : element.start + Math.min(element.length, longestValue);

/** The same bytes as a Buffer, whose string conversion needs no intermediate arrays. Made once a file. */
export const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const binaryValue = (bytes: Buffer, start: number, end: number, vr: BinaryNumber, littleEndian: boolean): FactValue => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (end - start === vr.size) {
    const value = vr.read(view, start, littleEndian);
    return Number.isFinite(value) ? value : null;
  }
  const values: number[] = [];
  for (let at = start; at + vr.size <= end; at += vr.size) {
    const value = vr.read(view, at, littleEndian);
    if (!Number.isFinite(value)) return null;
    values.push(value);
  }
  return oneOrMany(values);
};

/** The value of an element, `null` where it is empty or unreadable. `vr` is the representation to read it by. */
export const elementValue = (
  bytes: Buffer,
  element: RawElement,
  vr: string,
  encoding: Encoding,
  decodeText: DecodeText,
): FactValue => {
  const { start } = element;
  const end = valueEnd(element);
  if (end === start) return null;
  if (vr === 'DS' || vr === 'IS') return decimals(bytes, start, end);
  const binary = binaryNumbers[vr];
  if (binary) return binaryValue(bytes, start, end, binary, encoding.littleEndian);
  if (vr === 'LT' || vr === 'ST' || vr === 'UT') {
    return trimPadding(decodeText(bytes.subarray(start, end), vr)) || null;
  }
  const text = textRepresentations.has(vr)
    ? decodeText(bytes.subarray(start, end), vr)
    : bytes.toString('latin1', start, end);
  if (!text.includes('\\')) return trimPadding(text) || null;
  return oneOrMany(text.split('\\').map(trimPadding));
};
