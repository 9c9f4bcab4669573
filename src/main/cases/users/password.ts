import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { COST, stretch } from '../keys/passphrase-wrapping.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);

/** A password as it is kept: stretched by scrypt (RFC 7914), with what it was stretched by. */
export const passwordHashSchema = z.object({
  kdf: z.literal('scrypt'),
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(16),
  salt: base64,
  hash: base64,
});
export type PasswordHash = z.infer<typeof passwordHashSchema>;

/** Of scrypt. */
export type PasswordCost = typeof COST;

const SALT_BYTES = 16;

export const hashPassword = async (password: string, cost: PasswordCost = COST): Promise<PasswordHash> => {
  const salt = randomBytes(SALT_BYTES);
  const hash = await stretch(password, salt, cost);
  return { kdf: 'scrypt', ...cost, salt: salt.toString('base64'), hash: hash.toString('base64') };
};

/** Of nobody: who has no password is asked for it as long as somebody who has one. */
const decoy = {
  kdf: 'scrypt',
  salt: randomBytes(SALT_BYTES).toString('base64'),
  hash: randomBytes(32).toString('base64'),
} as const;

/** Takes as long whether there is a user or not, and wherever the passwords differ. */
export const fitsPassword = async (
  kept: PasswordHash | undefined,
  password: string,
  cost: PasswordCost = COST,
): Promise<boolean> => {
  const against = kept ?? { ...decoy, ...cost };
  const hash = await stretch(password, Buffer.from(against.salt, 'base64'), against);
  const fits = timingSafeEqual(hash, Buffer.from(against.hash, 'base64'));
  return fits && kept !== undefined;
};
