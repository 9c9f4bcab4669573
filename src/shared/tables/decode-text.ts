/** Bytes of a table as text, in the encoding that it was written in and not the one that was hoped for. Pure. */
import { AppError } from '../errors.ts';

const marked: readonly (readonly [readonly number[], string])[] = [
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

const decodeAs = (bytes: Uint8Array, encoding: string): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/**
 * UTF-8, or UTF-16 with its mark; else GB18030, in which Chinese Windows writes CSV. What is none of them is refused: a
 * name with wrong letters would be another patient's. Throws `table-encoding`.
 */
export const decodeTableText = (bytes: Uint8Array): string => {
  const mark = marked.find(([start]) => start.every((byte, index) => bytes[index] === byte));
  const text = mark ? decodeAs(bytes, mark[1]) : (decodeAs(bytes, 'utf-8') ?? decodeAs(bytes, 'gb18030'));
  if (text !== undefined && !text.includes('\0')) return text;
  throw new AppError(
    'table-encoding',
    'The letters of this table cannot be read. Save it as XLSX, or as CSV in UTF-8, and choose it again.',
  );
};
