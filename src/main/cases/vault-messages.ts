import { AppError } from '#shared/errors.ts';

/** What the record store says about itself, by code; the screen translates by the code. */
export const vaultMessages = {
  'keychain-unavailable':
    'The system keychain, which keeps the key of the case history, is not available. Unlock it and try again, or enter the recovery key.',
  'keychain-lost':
    'The system keychain no longer holds the key of the case history. Enter the recovery key; nothing is lost.',
  'keys-missing': 'keys.json is missing from the data folder. Put it back, or enter the recovery key; nothing is lost.',
  'keys-damaged': 'keys.json is damaged. Put it back from a backup, or enter the recovery key; nothing is lost.',
  'passphrase-needed': 'Enter the passphrase of the case history.',
  'passphrase-wrong': 'The passphrase does not fit. Check the keyboard layout, or enter the recovery key.',
  'passphrase-too-short': 'A passphrase needs at least 8 characters.',
  'passphrase-not-set': 'This case history has no passphrase. Enter the recovery key.',
  'passphrase-required':
    'There is no system keychain that could keep the key of the case history. Choose a passphrase.',
  'recovery-key-mistyped': 'The recovery key has a wrong letter. It has nine groups of four.',
  'recovery-key-wrong':
    'This is the recovery key of another case history, or one that this history had before. Enter the newest.',
  'recovery-key-outdated':
    'Another recovery key was made since this one, and this one never held. Nothing was changed. Begin again.',
  'records-busy':
    'Something was saved while the history was given its new key. Nothing was changed: the keys that opened it still do. Try again.',
  'keys-of-another-time':
    'keys.json and records.db do not belong together: one of the two was put back from another day, or the beginning of records.db is damaged. Put both back from one day, or enter the newest recovery key.',
  'records-exist': 'There is a case history already. Unlock it instead.',
  'records-locked': 'The case history is locked. Unlock it first.',
  'locked-by-hand': 'The case history was locked. Unlock it to go on.',
  'records-file-missing':
    'records.db was not in the data folder, and an empty case history was begun. If there is a backup, put records.db back.',
  'session-recovered': 'The last session ended unexpectedly. Everything that was saved is here.',
  'keeper-missing':
    'The case history is open for now, but nothing keeps its key. Set a passphrase, or it will ask for the recovery key each time.',
} as const;
export type VaultMessage = keyof typeof vaultMessages;

export const vaultFailure = (code: VaultMessage): AppError => new AppError(code, vaultMessages[code]);
