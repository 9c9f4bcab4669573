/**
 * Text of DICOM values by Specific Character Set (0008,0005): PS3.3 C.12.1.1.2 for the defined terms, PS3.5 6.1 for how
 * they apply, annexes H–K for Japanese, Korean and Chinese.
 */
import iconv from 'iconv-lite';
import { inDoubt, settledAlone, unlikelyLatin } from './doubt.ts';
import { decodeWithEscapes, initialSets } from './iso-2022.ts';

/** `vr` matters to code extensions: in PN, `^` and `=` switch back to the first character set. */
export type DecodeText = (bytes: Uint8Array, vr: string) => string;

/** Terms without code extensions, by the digits of `ISO_IR n`. */
const singleByteEncodings: Record<string, string> = {
  '100': 'latin1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '144': 'iso-8859-5',
  '127': 'iso-8859-6',
  '126': 'iso-8859-7',
  '138': 'iso-8859-8',
  '148': 'iso-8859-9',
  '203': 'iso-8859-15',
  '166': 'tis620',
};

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const escapeByte = 0x1b;

const isPlain = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x80 || byte === escapeByte) return false;
  }
  return true;
};

/** ASCII decodes alike in every set of the standard, and is nearly everything there is. */
const withPlainShortcut =
  (decode: DecodeText): DecodeText =>
  (bytes, vr) =>
    isPlain(bytes) ? asBuffer(bytes).toString('latin1') : decode(bytes, vr);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Values beyond ASCII in a file that declares no character set break PS3.5 6.1.2.3, and many archives hold them. */
const undeclared: DecodeText = withPlainShortcut(inDoubt);

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    strictUtf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
};

/** Bytes that no set of ISO 8859 gives a letter, or that only UTF-8 puts in this order by anything but chance. */
const isImpossibleAlone = (bytes: Uint8Array): boolean =>
  bytes.some((byte) => byte >= 0x80 && byte < 0xa0) || isUtf8(bytes);

/** Western words hardly ever hold two accented letters in a row; names of other scripts hold nothing else. */
const isUnlikelyLatin = (bytes: Uint8Array): boolean =>
  bytes.some((byte, at) => byte >= 0x80 && (bytes[at + 1] ?? 0) >= 0x80);

const bySingleByte = (encoding: string): DecodeText =>
  withPlainShortcut((bytes) => {
    if (isImpossibleAlone(bytes)) return inDoubt(bytes);
    if (encoding === 'latin1' && isUnlikelyLatin(bytes)) return unlikelyLatin(bytes);
    return iconv.decode(asBuffer(bytes), encoding);
  });

const byStrict = (encoding: string): DecodeText => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  return withPlainShortcut((bytes) => {
    try {
      return decoder.decode(bytes);
    } catch {
      return inDoubt(bytes);
    }
  });
};

/** `ISO_IR 100`, and what is found for it in the wild: `ISO-IR 100`, `iso_ir_100`, `ISO IR 100`. */
const isoNumber = (term: string): { number: string; extended: boolean } | undefined => {
  const match = /^ISO[ _-]*(2022[ _-]*)?IR[ _-]*(\d+)$/.exec(term.trim().toUpperCase());
  return match?.[2] ? { number: match[2], extended: match[1] !== undefined } : undefined;
};

const alone = (term: string): DecodeText => {
  const name = term.trim().toUpperCase();
  if (name === 'GB18030' || name === 'GBK' || name === 'GB2312') return byStrict('gb18030');
  if (name === 'UTF-8' || name === 'UTF8') return byStrict('utf-8');
  const iso = isoNumber(name);
  if (!iso) return undeclared;
  if (iso.number === '192') return byStrict('utf-8');
  const encoding = singleByteEncodings[iso.number];
  if (iso.number === '6') return undeclared;
  if (encoding && !iso.extended) return bySingleByte(encoding);
  return extended([term]);
};

const extended = (terms: readonly string[]): DecodeText => {
  const numbers = terms.map((term) => isoNumber(term)?.number ?? '6');
  const initial = initialSets(numbers);
  return withPlainShortcut((bytes, vr) => {
    const text = decodeWithEscapes(bytes, vr, initial);
    // Without an escape sequence and a set of its own for these bytes, somebody forgot one.
    const isWrong = !bytes.includes(escapeByte) && (initial.g1 === undefined || text.includes('\ufffd'));
    return isWrong ? inDoubt(bytes) : text;
  });
};

const known = new Map<string, DecodeText>();

/**
 * The decoder for the value of Specific Character Set: one term, several (code extensions), or none. Text that breaks the
 * declaration comes back in doubt (`doubt.ts`), to be settled with the other texts of its study.
 */
export const doubtingDecoder = (specificCharacterSet: string | readonly string[] | undefined): DecodeText => {
  const terms = typeof specificCharacterSet === 'string' ? [specificCharacterSet] : (specificCharacterSet ?? []);
  const key = terms.join('\\');
  const cached = known.get(key);
  if (cached) return cached;
  const [first, ...others] = terms;
  let decoder = undeclared;
  // UTF-8 and GB 18030 allow no code extensions; a list that begins with them means them (PS3.3 C.12.1.1.2).
  if (first !== undefined && (others.length === 0 || /^(ISO_IR 192|GB18030|GBK)$/i.test(first.trim()))) {
    decoder = first.trim() === '' ? undeclared : alone(first);
  } else if (others.length > 0) {
    decoder = extended(terms);
  }
  // A hostile study could name a new set in every file.
  if (known.size < 64) known.set(key, decoder);
  return decoder;
};

/** As `doubtingDecoder`, for a reader who has one value alone: text in doubt is settled by itself. */
export const textDecoder = (specificCharacterSet: string | readonly string[] | undefined): DecodeText => {
  const decode = doubtingDecoder(specificCharacterSet);
  return (bytes, vr) => settledAlone(decode(bytes, vr));
};
