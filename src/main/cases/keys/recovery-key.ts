import { createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * The recovery key is the root of the record key: 160 random bits, from which the record key is derived. Written on paper
 * it opens records.db with nothing else, so neither a lost keychain nor a lost keys.json is a loss of data.
 */
const SECRET_BYTES = 20;
const CHECK_CHARACTERS = 4;
const GROUP = 4;
/** Crockford's base 32: no I, L, O, U, which are mistaken for others when read or written by hand. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5;

export const newRecoverySecret = (): Uint8Array => randomBytes(SECRET_BYTES);

const toBase32 = (bytes: Uint8Array): string => {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  const characters = bits.match(/.{5}/g) ?? [];
  return characters.map((five) => ALPHABET[Number.parseInt(five, 2)] ?? '').join('');
};

const fromBase32 = (text: string): Uint8Array | undefined => {
  let bits = '';
  for (const character of text) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return undefined;
    bits += value.toString(2).padStart(BITS, '0');
  }
  const octets = bits.match(/.{8}/g) ?? [];
  return Uint8Array.from(octets, (octet) => Number.parseInt(octet, 2));
};

/** 20 bits: one mistyped key in a million passes, and then still does not open anything. */
const checkOf = (secret: Uint8Array): string =>
  toBase32(createHash('sha256').update('haicast recovery key').update(secret).digest().subarray(0, 5)).slice(
    0,
    CHECK_CHARACTERS,
  );

/** Nine groups of four: 160 bits and the check. */
export const formatRecoveryKey = (secret: Uint8Array): string =>
  (`${toBase32(secret)}${checkOf(secret)}`.match(new RegExp(`.{${GROUP}}`, 'g')) ?? []).join('-');

/** The secret behind what a person typed (case, spaces, dashes and I/L/O do not matter), or undefined where a letter is wrong. */
export const parseRecoveryKey = (typed: string): Uint8Array | undefined => {
  const text = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/[IL]/g, '1')
    .replace(/O/g, '0');
  const secret = fromBase32(text.slice(0, -CHECK_CHARACTERS));
  if (secret?.length !== SECRET_BYTES) return undefined;
  return text.slice(-CHECK_CHARACTERS) === checkOf(secret) ? secret : undefined;
};

/** The 32 bytes that encrypt records.db (HKDF, RFC 5869). */
export const recordKeyOf = (secret: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), 'haicast records.db key, version 1', 32));
