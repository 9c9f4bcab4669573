import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);

/** A key wrapped by a passphrase: scrypt (RFC 7914) makes the wrapping key, AES-256-GCM wraps. Binary members are base64. */
export const passphraseSlotSchema = z.object({
  kdf: z.literal('scrypt'),
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(16),
  salt: base64,
  nonce: base64,
  ciphertext: base64,
  tag: base64,
});
export type PassphraseSlot = z.infer<typeof passphraseSlotSchema>;

/** 128 MiB and about half a second: OWASP's first recommendation for scrypt (N = 2^17, r = 8, p = 1). */
export const COST = { N: 2 ** 17, r: 8, p: 1 };
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const KEY_BYTES = 32;

/** 32 bytes from what a person typed. */
export const stretch = (passphrase: string, salt: Uint8Array, { N, r, p }: typeof COST): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // One passphrase has one spelling, whatever keyboard and system typed it (NIST SP 800-63B asks for NFKC or NFKD).
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

/** `context` binds the slot to its key file: a slot copied from another one does not open. */
export const wrapWithPassphrase = async (
  key: Uint8Array,
  passphrase: string,
  context: string,
): Promise<PassphraseSlot> => {
  const salt = randomBytes(SALT_BYTES);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, salt, COST), nonce);
  cipher.setAAD(Buffer.from(context, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(key), cipher.final()]);
  return {
    kdf: 'scrypt',
    ...COST,
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    ciphertext: ciphertext.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
  };
};

/** The key, or undefined where the passphrase (or the slot) is not the right one. */
export const unwrapWithPassphrase = async (
  slot: PassphraseSlot,
  passphrase: string,
  context: string,
): Promise<Uint8Array | undefined> => {
  const wrappingKey = await stretch(passphrase, Buffer.from(slot.salt, 'base64'), slot);
  try {
    const decipher = createDecipheriv('aes-256-gcm', wrappingKey, Buffer.from(slot.nonce, 'base64'), {
      authTagLength: 16,
    });
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(Buffer.from(slot.tag, 'base64'));
    return new Uint8Array(Buffer.concat([decipher.update(Buffer.from(slot.ciphertext, 'base64')), decipher.final()]));
  } catch {
    return undefined;
  }
};
