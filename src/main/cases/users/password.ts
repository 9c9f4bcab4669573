import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { base64, COST, SALT_BYTES, stretch, stretchedSchema } from '../keys/stretch.ts';

/** A password as it is kept: stretched, with what it was stretched by. */
export const passwordHashSchema = stretchedSchema.extend({
  hash: base64,
  /** An administrator chose it, and knows it: good for choosing another one, and for nothing else. */
  handedOut: z.literal(true).optional(),
});
export type PasswordHash = z.infer<typeof passwordHashSchema>;

/** Of scrypt. */
export type PasswordCost = typeof COST;

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
