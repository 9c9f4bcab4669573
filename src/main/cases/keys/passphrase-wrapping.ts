import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { base64, COST, SALT_BYTES, stretch, stretchedSchema } from './stretch.ts';

/** A key wrapped by a passphrase: scrypt makes the wrapping key, AES-256-GCM wraps. Binary members are base64. */
export const passphraseSlotSchema = stretchedSchema.extend({ nonce: base64, ciphertext: base64, tag: base64 });
export type PassphraseSlot = z.infer<typeof passphraseSlotSchema>;

const NONCE_BYTES = 12;

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
