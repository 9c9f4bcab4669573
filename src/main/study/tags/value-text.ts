/** The value of one element as a line of text. */
import type { DataSet, Element } from 'dicom-parser';
import { undefinedLength } from '../scan/element-reader.ts';
import { trimPadding } from '../scan/values.ts';
import type { DecodeText } from '../text/character-set.ts';

/** Enough to recognise a value; coordinates of six numbers fit. */
const longestText = 200;
const mostNumbers = 16;

const decodedAsText = new Set(['LO', 'LT', 'PN', 'SH', 'ST', 'UC', 'UT']);
const plainText = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'TM', 'UI', 'UR']);

type ReadNumber = (dataSet: DataSet, tag: string, index: number) => number | undefined;
const numbers: Record<string, { size: number; read: ReadNumber }> = {
  US: { size: 2, read: (dataSet, tag, index) => dataSet.uint16(tag, index) },
  SS: { size: 2, read: (dataSet, tag, index) => dataSet.int16(tag, index) },
  UL: { size: 4, read: (dataSet, tag, index) => dataSet.uint32(tag, index) },
  SL: { size: 4, read: (dataSet, tag, index) => dataSet.int32(tag, index) },
  FL: { size: 4, read: (dataSet, tag, index) => dataSet.float(tag, index) },
  FD: { size: 8, read: (dataSet, tag, index) => dataSet.double(tag, index) },
};

const shortened = (text: string): string => (text.length > longestText ? `${text.slice(0, longestText)}…` : text);

/** Control characters of a broken value must not reach the screen as they are. */
const printable = (text: string): string =>
  [...text].map((char) => ((char.codePointAt(0) ?? 0) < 0x20 ? ' ' : char)).join('');

const attributeTags = (dataSet: DataSet, element: Element): string => {
  const tags: string[] = [];
  for (let at = 0; at + 4 <= Math.min(element.length, 4 * mostNumbers); at += 4) {
    const hex = (offset: number) =>
      (dataSet.uint16(element.tag, (at + offset) / 2) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    tags.push(`(${hex(0)},${hex(2)})`);
  }
  return tags.join('\\');
};

export const valueText = (dataSet: DataSet, element: Element, vr: string, decode: DecodeText): string => {
  if (vr === 'SQ') return `${element.items?.length ?? 0} item(s)`;
  // Only the pixel data's length is left as it stands in the file.
  if (element.length === undefinedLength) return 'compressed, in fragments';
  if (element.length === 0) return '';
  const end = element.dataOffset + Math.min(element.length, 4 * longestText);
  const bytes = dataSet.byteArray.subarray(element.dataOffset, end);
  if (decodedAsText.has(vr)) return shortened(printable(trimPadding(decode(bytes, vr))));
  if (plainText.has(vr)) return shortened(printable(trimPadding(Buffer.from(bytes).toString('latin1'))));
  if (vr === 'AT') return attributeTags(dataSet, element);
  const number = numbers[vr];
  if (!number) return `${element.length} bytes`;
  const count = Math.floor(element.length / number.size);
  const values = Array.from({ length: Math.min(count, mostNumbers) }, (_, index) =>
    number.read(dataSet, element.tag, index),
  );
  return `${values.join('\\')}${count > mostNumbers ? '\\…' : ''}`;
};
