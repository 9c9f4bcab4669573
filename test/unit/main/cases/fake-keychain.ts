import type { KeychainPort } from '../../../../src/main/cases/keys/keychain.ts';

/** A keychain of one operating-system user: what another user wrapped, it cannot unwrap. */
export const fakeKeychain = (user = 'alice', reason?: string): KeychainPort => ({
  available: () => (reason === undefined ? { ok: true } : { ok: false, reason }),
  encrypt: (text) => Buffer.from(`${user}:${Buffer.from(text).toString('base64')}`),
  decrypt: (bytes) => {
    const [owner, text = ''] = Buffer.from(bytes).toString().split(':');
    if (owner !== user) throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptString.');
    return Buffer.from(text, 'base64').toString();
  },
});
