import { createCipheriv, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * The form of `openssl enc -aes-256-cbc -pbkdf2 -iter 600000 -md sha256`: `Salted__`, eight bytes of salt, then the ciphertext
 * with PKCS#7 padding. Key and IV are one PBKDF2 output. The number of iterations is OWASP's for HMAC-SHA-256.
 */
export const OPENSSL_ITERATIONS = 600_000;
const MAGIC = Buffer.from('Salted__');
const SALT_BYTES = 8;
const KEY_BYTES = 32;
const IV_BYTES = 16;

export const OPENSSL_HEADER_BYTES = MAGIC.length + SALT_BYTES;

export interface OpensslKey {
  key: Uint8Array;
  iv: Uint8Array;
}

const derive = promisify(pbkdf2);

/** As openssl reads it from a terminal in UTF-8; one spelling, whatever keyboard typed it. */
const bytesOf = (passphrase: string): Buffer => Buffer.from(passphrase.normalize('NFC'), 'utf8');

const keyFrom = async (passphrase: string, salt: Uint8Array): Promise<OpensslKey> => {
  const derived = await derive(bytesOf(passphrase), salt, OPENSSL_ITERATIONS, KEY_BYTES + IV_BYTES, 'sha256');
  return { key: derived.subarray(0, KEY_BYTES), iv: derived.subarray(KEY_BYTES) };
};

/** `head`: the first bytes of a file. Undefined where they are not those of an encrypted one. */
export const opensslKeyOf = (head: Uint8Array, passphrase: string): Promise<OpensslKey> | undefined =>
  isOpensslFile(head) ? keyFrom(passphrase, head.subarray(MAGIC.length, OPENSSL_HEADER_BYTES)) : undefined;

export const isOpensslFile = (head: Uint8Array): boolean =>
  head.length >= OPENSSL_HEADER_BYTES && MAGIC.equals(head.subarray(0, MAGIC.length));

export async function* encryptedAsOpenssl(
  plain: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(SALT_BYTES);
  const { key, iv } = await keyFrom(passphrase, salt);
  const cipher = createCipheriv('aes-256-cbc', key, iv);
  yield Buffer.concat([MAGIC, salt]);
  for await (const bytes of plain) yield cipher.update(bytes);
  yield cipher.final();
}
