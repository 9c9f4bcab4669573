/**
 * Text whose character set is in doubt, kept until it can be decided for a whole study. Bytes beyond ASCII become lone
 * surrogates DC80–DCFF, which no character set yields; so do `\` and `^` right behind such a byte, since they may be the
 * second half of a character.
 */
import { decodeGuessed, type GuessedEncoding, guessEncoding } from './guess-encoding.ts';

const base = 0xdc00;
const backslash = 0x5c;
const caret = 0x5e;
/** In front of text that declares Latin-1, and is legal as that: it stays so unless letters speak for another set. */
const legalLatin = '\udc01';

export const inDoubt = (bytes: Uint8Array): string => {
  let text = '';
  let behind = false;
  for (const byte of bytes) {
    const isEscaped = byte >= 0x80 || (behind && (byte === backslash || byte === caret));
    text += String.fromCharCode(isEscaped ? base + byte : byte);
    behind = byte >= 0x80;
  }
  return text;
};

export const unlikelyLatin = (bytes: Uint8Array): string => legalLatin + inDoubt(bytes);

export const isInDoubt = (text: string): boolean => /(?<![\ud800-\udbff])[\udc80-\udcff]/.test(text);

const isLegalLatin = (text: string): boolean => text.startsWith(legalLatin);

const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from(isLegalLatin(text) ? text.slice(1) : text, (character) => character.charCodeAt(0) & 0xff);

/** The set that fits texts in doubt best, taken together. */
export const encodingOf = (texts: readonly string[]): GuessedEncoding =>
  guessEncoding(texts.map(bytesOf), texts.every(isLegalLatin));

/** Whether reading a text in doubt by `encoding` goes against what its file declares. */
export const isGuess = (text: string, encoding: GuessedEncoding): boolean =>
  isInDoubt(text) && !(encoding === 'latin1' && isLegalLatin(text));

/** `text` without its doubts; text that never was in doubt stays. */
export const settled = (text: string, encoding: GuessedEncoding): string =>
  isInDoubt(text) ? decodeGuessed(bytesOf(text), encoding).trim() : text;

/** Where nothing but the text itself can tell. */
export const settledAlone = (text: string): string => (isInDoubt(text) ? settled(text, encodingOf([text])) : text);
