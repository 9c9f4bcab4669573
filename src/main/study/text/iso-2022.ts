/**
 * Code extensions with escape sequences (ISO/IEC 2022 as PS3.5 6.1.2.5 restricts it). Two sets are active at any time:
 * G0 for bytes 21–7E and G1 for bytes A1–FE; an escape sequence replaces one of them.
 */
import iconv from 'iconv-lite';

interface CodeSet {
  bytesPerCharacter: 1 | 2;
  /** Reads whole characters, bytes as they stand in the value. */
  decode: (bytes: Buffer) => string;
}

export interface ActiveSets {
  g0: CodeSet;
  g1: CodeSet | undefined;
}

const single = (encoding: string): CodeSet => ({
  bytesPerCharacter: 1,
  decode: (bytes) => iconv.decode(bytes, encoding),
});
const double = (encoding: string): CodeSet => ({
  bytesPerCharacter: 2,
  decode: (bytes) => iconv.decode(bytes, encoding),
});
const withHighBit = (bytes: Buffer): Buffer => Buffer.from(bytes.map((byte) => byte | 0x80));

const ascii = single('latin1');
/** JIS X 0201 romaji differs from ASCII in two signs, of which `\` must stay the value delimiter. */
const romaji = ascii;
const katakana: CodeSet = {
  bytesPerCharacter: 1,
  decode: (bytes) =>
    [...bytes].map((byte) => (byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(byte - 0xa1 + 0xff61) : '�')).join(''),
};
const jisX0208: CodeSet = { bytesPerCharacter: 2, decode: (bytes) => iconv.decode(withHighBit(bytes), 'euc-jp') };
const jisX0212: CodeSet = {
  bytesPerCharacter: 2,
  // EUC-JP marks each character of the supplementary set with 8F.
  decode: (bytes) => {
    const marked: number[] = [];
    for (let i = 0; i + 1 < bytes.length; i += 2) marked.push(0x8f, (bytes[i] ?? 0) | 0x80, (bytes[i + 1] ?? 0) | 0x80);
    return iconv.decode(Buffer.from(marked), 'euc-jp');
  },
};

/** Escape sequences of PS3.3 tables C.12-3 and C.12-4, without the ESC. */
const escapes: { text: string; slot: 'g0' | 'g1'; set: CodeSet }[] = [
  { text: '(B', slot: 'g0', set: ascii },
  { text: '(J', slot: 'g0', set: romaji },
  { text: '$B', slot: 'g0', set: jisX0208 },
  { text: '$@', slot: 'g0', set: jisX0208 },
  { text: '$(B', slot: 'g0', set: jisX0208 },
  { text: '$(D', slot: 'g0', set: jisX0212 },
  { text: ')I', slot: 'g1', set: katakana },
  { text: '$)C', slot: 'g1', set: double('euc-kr') },
  { text: '$)A', slot: 'g1', set: double('gb2312') },
  { text: '-A', slot: 'g1', set: single('latin1') },
  { text: '-B', slot: 'g1', set: single('iso-8859-2') },
  { text: '-C', slot: 'g1', set: single('iso-8859-3') },
  { text: '-D', slot: 'g1', set: single('iso-8859-4') },
  { text: '-L', slot: 'g1', set: single('iso-8859-5') },
  { text: '-G', slot: 'g1', set: single('iso-8859-6') },
  { text: '-F', slot: 'g1', set: single('iso-8859-7') },
  { text: '-H', slot: 'g1', set: single('iso-8859-8') },
  { text: '-M', slot: 'g1', set: single('iso-8859-9') },
  { text: '-b', slot: 'g1', set: single('iso-8859-15') },
  { text: '-T', slot: 'g1', set: single('tis620') },
];

/** G1 set of each single-byte term, by ISO registration number. */
const g1ByNumber: Record<string, string> = {
  '100': '-A',
  '101': '-B',
  '109': '-C',
  '110': '-D',
  '144': '-L',
  '127': '-G',
  '126': '-F',
  '138': '-H',
  '148': '-M',
  '203': '-b',
  '166': '-T',
  '13': ')I',
  // Multi-byte sets are never the first value, but files that have only `ISO 2022 IR 149` or `58` mean them.
  '149': '$)C',
  '58': '$)A',
};

const escapeByText = new Map(escapes.map((sequence) => [sequence.text, sequence]));

/** What is active at the start of a value and after every delimiter: the first term's sets (PS3.5 6.1.2.5.3). */
export const initialSets = (isoNumbers: readonly string[]): ActiveSets => {
  const [first = '6'] = isoNumbers;
  const g1 = escapeByText.get(g1ByNumber[first] ?? '')?.set;
  return { g0: first === '13' ? romaji : ascii, g1 };
};

const escapeAt = (bytes: Uint8Array, at: number): { text: string; slot: 'g0' | 'g1'; set: CodeSet } | undefined => {
  for (const length of [3, 2]) {
    const text = String.fromCharCode(...bytes.subarray(at + 1, at + 1 + length));
    const sequence = text.length === length ? escapeByText.get(text) : undefined;
    if (sequence) return sequence;
  }
  return undefined;
};

/** Delimiters that switch back to the initial sets: control characters, `\`, and in names `^` and `=`. */
const resets = (byte: number, vr: string): boolean =>
  byte === 0x09 ||
  byte === 0x0a ||
  byte === 0x0c ||
  byte === 0x0d ||
  byte === 0x5c ||
  (vr === 'PN' && (byte === 0x5e || byte === 0x3d));

export const decodeWithEscapes = (bytes: Uint8Array, vr: string, initial: ActiveSets): string => {
  let { g0, g1 } = initial;
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x1b) {
      const sequence = escapeAt(bytes, at);
      if (sequence) {
        if (sequence.slot === 'g0') g0 = sequence.set;
        else g1 = sequence.set;
        at += 1 + sequence.text.length;
        continue;
      }
      // An escape sequence that PS3.3 does not list: shown as a replacement character, the rest still reads.
      text += '�';
      at++;
      continue;
    }
    // In a two-byte G0 set the delimiters' codes are parts of characters; control characters never are.
    const inPair = g0.bytesPerCharacter === 2 && byte >= 0x21 && byte <= 0x7e;
    if (!inPair && byte < 0x80) {
      if (resets(byte, vr)) ({ g0, g1 } = initial);
      text += String.fromCharCode(byte);
      at++;
      continue;
    }
    const set = byte < 0x80 ? g0 : g1;
    const end = runEnd(bytes, at, byte >= 0x80);
    const run = Buffer.from(bytes.subarray(at, end));
    text += set ? set.decode(run) : run.toString('latin1');
    at = end;
  }
  return text;
};

/** The run of bytes that belong to the same half of the code table. */
const runEnd = (bytes: Uint8Array, start: number, high: boolean): number => {
  let end = start;
  while (end < bytes.length) {
    const byte = bytes[end] ?? 0;
    if (high ? byte < 0x80 : byte < 0x21 || byte > 0x7e) break;
    end++;
  }
  return end;
};
