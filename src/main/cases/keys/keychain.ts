/** The operating system's keychain; Electron's safeStorage implements it, other hosts have none. */
export interface KeychainPort {
  /** Not ok where there is none, or where it only obfuscates (`basic_text`): no key is then given to it. */
  available(): { ok: boolean; reason?: string };
  encrypt(text: string): Uint8Array;
  /** Throws where the entry is not this user's, or is lost. */
  decrypt(bytes: Uint8Array): string;
}

const KEY_TEXT = /^[0-9a-f]{64}$/;

export const wrapWithKeychain = (keychain: KeychainPort, key: Uint8Array): { ciphertext: string } => ({
  ciphertext: Buffer.from(keychain.encrypt(Buffer.from(key).toString('hex'))).toString('base64'),
});

/** The key, or undefined where the keychain cannot give it. */
export const unwrapWithKeychain = (keychain: KeychainPort, slot: { ciphertext: string }): Uint8Array | undefined => {
  try {
    const text = keychain.decrypt(Buffer.from(slot.ciphertext, 'base64'));
    return KEY_TEXT.test(text) ? new Uint8Array(Buffer.from(text, 'hex')) : undefined;
  } catch {
    return undefined;
  }
};
