import { scrypt } from 'node:crypto';
import { z } from 'zod';

export const base64 = z.string().regex(/^[A-Za-z0-9+/]+=*$/);

/** How something that a person typed was stretched: scrypt (RFC 7914), its cost and the salt. */
export const stretchedSchema = z.object({
  kdf: z.literal('scrypt'),
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.int().min(1).max(32),
  p: z.int().min(1).max(16),
  salt: base64,
});

/** 128 MiB and about half a second: OWASP's first recommendation for scrypt (N = 2^17, r = 8, p = 1). */
export const COST = { N: 2 ** 17, r: 8, p: 1 };
export const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** 32 bytes from what a person typed. */
export const stretch = (passphrase: string, salt: Uint8Array, { N, r, p }: typeof COST): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // One passphrase has one spelling, whatever keyboard and system typed it (NIST SP 800-63B asks for NFKC or NFKD).
    scrypt(passphrase.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
