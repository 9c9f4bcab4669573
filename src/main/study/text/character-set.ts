/**
 * Text of DICOM values by Specific Character Set (0008,0005): PS3.3 C.12.1.1.2 for the defined terms, PS3.5 6.1 for how
 * they apply, annexes H–K for Japanese, Korean and Chinese.
 */
import iconv from 'iconv-lite';
import { decodeWithEscapes, initialSets } from './iso-2022.ts';

/** `vr` matters to code extensions: in PN, `^` and `=` switch back to the first character set. */
export type DecodeText = (bytes: Uint8Array, vr: string) => string;

/** Terms without code extensions, by the digits of `ISO_IR n`. */
const singleByteEncodings: Record<string, string> = {
  '6': 'latin1',
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

const isPlain = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= 0x80 || byte === 0x1b) return false;
  }
  return true;
};

/** ASCII decodes alike in every set of the standard, and is nearly everything there is. */
const withPlainShortcut =
  (decode: DecodeText): DecodeText =>
  (bytes, vr) =>
    isPlain(bytes) ? asBuffer(bytes).toString('latin1') : decode(bytes, vr);

const byEncoding = (encoding: string): DecodeText =>
  withPlainShortcut((bytes) => iconv.decode(asBuffer(bytes), encoding));

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Every byte above ASCII belongs to a pair of GB 2312's rows of symbols and ideographs. */
const looksLikeGb2312 = (bytes: Uint8Array): boolean => {
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[++i] ?? 0;
    if (lead < 0xa1 || lead > 0xf7 || trail < 0xa1 || trail > 0xfe) return false;
  }
  return true;
};

/**
 * Values beyond ASCII in a file that declares no character set break PS3.5 6.1.2.3, and many archives hold them. They
 * are read as what they can only be: UTF-8 where the bytes are valid UTF-8, GB 18030 where they pair up as GB 2312,
 * else Latin-1. Nothing but the words on the screen depends on it.
 */
const undeclared: DecodeText = withPlainShortcut((bytes) => {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return iconv.decode(asBuffer(bytes), looksLikeGb2312(bytes) ? 'gb18030' : 'latin1');
  }
});

/** `ISO_IR 100`, and what is found for it in the wild: `ISO-IR 100`, `iso_ir_100`, `ISO IR 100`. */
const isoNumber = (term: string): { number: string; extended: boolean } | undefined => {
  const match = /^ISO[ _-]*(2022[ _-]*)?IR[ _-]*(\d+)$/.exec(term.trim().toUpperCase());
  return match?.[2] ? { number: match[2], extended: match[1] !== undefined } : undefined;
};

const alone = (term: string): DecodeText => {
  const name = term.trim().toUpperCase();
  if (name === 'GB18030' || name === 'GBK' || name === 'GB2312') return byEncoding('gb18030');
  if (name === 'UTF-8' || name === 'UTF8') return byEncoding('utf-8');
  const iso = isoNumber(name);
  if (!iso) return undeclared;
  if (iso.number === '192') return byEncoding('utf-8');
  const encoding = singleByteEncodings[iso.number];
  if (encoding && !iso.extended) return byEncoding(encoding);
  return extended([term]);
};

const extended = (terms: readonly string[]): DecodeText => {
  const numbers = terms.map((term) => isoNumber(term)?.number ?? '6');
  const initial = initialSets(numbers);
  return withPlainShortcut((bytes, vr) => decodeWithEscapes(bytes, vr, initial));
};

const known = new Map<string, DecodeText>();

/** The decoder for the value of Specific Character Set: one term, several (code extensions), or none. */
export const textDecoder = (specificCharacterSet: string | readonly string[] | undefined): DecodeText => {
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
