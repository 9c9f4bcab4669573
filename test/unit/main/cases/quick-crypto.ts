/** What `vi.mock('node:crypto')` gives: scrypt at a thousandth of its cost. What it costs truly: keys/passphrase-wrapping.test.ts. */
export const quickCrypto = async (original: () => Promise<unknown>): Promise<typeof import('node:crypto')> => {
  const crypto = (await original()) as typeof import('node:crypto');
  const scrypt = (...[password, salt, length, options, done]: Parameters<typeof crypto.scrypt>): void =>
    crypto.scrypt(password, salt, length, { ...options, N: 2 ** 7 }, done);
  return { ...crypto, scrypt: scrypt as typeof crypto.scrypt };
};
