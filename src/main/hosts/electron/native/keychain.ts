import { safeStorage } from 'electron';
import type { KeychainPort } from '../../../cases/keys/keychain.ts';

/** What decides whether the operating system's keychain may hold the record key. */
export interface KeychainFacts {
  platform: string;
  encryptionAvailable: boolean;
  /** Linux only: the store that Chromium chose. */
  backend?: string;
}

const PASSPHRASE_INSTEAD = 'The records are protected by a passphrase instead.';

/** `basic_text` encrypts with a password that is in Chromium's source: that is no keychain. */
export const judgeKeychain = ({ platform, encryptionAvailable, backend }: KeychainFacts) => {
  if (platform === 'linux' && (backend === 'basic_text' || backend === 'unknown')) {
    return { ok: false, reason: `This system offers no keyring (Secret Service or KWallet). ${PASSPHRASE_INSTEAD}` };
  }
  if (!encryptionAvailable) {
    return { ok: false, reason: `The system keychain is locked or denied access. ${PASSPHRASE_INSTEAD}` };
  }
  return { ok: true };
};

/** Electron's safeStorage. Usable after `ready`. */
export const safeStorageKeychain = (): KeychainPort => ({
  available: () =>
    judgeKeychain({
      platform: process.platform,
      encryptionAvailable: safeStorage.isEncryptionAvailable(),
      ...(process.platform === 'linux' ? { backend: safeStorage.getSelectedStorageBackend() } : {}),
    }),
  encrypt: (text) => new Uint8Array(safeStorage.encryptString(text)),
  decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
});
