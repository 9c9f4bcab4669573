import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { SHORTEST_PASSPHRASE } from '#shared/cases/passphrase.ts';
import { isUnderKey, logOf } from '../file/look-before.ts';
import type { HeldHistory } from '../held-history.ts';
import { toRecordError } from '../sql/record-errors.ts';
import { vaultFailure, vaultMessages } from '../vault-messages.ts';
import { unwrapWithKeychain, wrapWithKeychain } from './keychain.ts';
import {
  createKeysFile,
  endBeginning,
  isKeyOf,
  type Keys,
  keysFileIn,
  newKeys,
  type ReadKeys,
  replaceKeysFile,
  setKeysFileAside,
} from './keys-file.ts';
import { unwrapWithPassphrase, wrapWithPassphrase } from './passphrase-wrapping.ts';
import { formatRecoveryKey, newRecoverySecret, parseRecoveryKey, recordKeyOf } from './recovery-key.ts';

/** The key as whatever there is keeps it: the keychain, the passphrase, or both. Throws `passphrase-too-short`. */
export const wrapped = async (
  history: HeldHistory,
  keys: Keys,
  key: Uint8Array,
  passphrase: string | undefined,
): Promise<Keys> => {
  if (passphrase && [...passphrase].length < SHORTEST_PASSPHRASE) throw vaultFailure('passphrase-too-short');
  const keychain = history.usableKeychain();
  return {
    ...keys,
    ...(keychain ? { keychain: wrapWithKeychain(keychain, key) } : {}),
    ...(passphrase ? { passphrase: await wrapWithPassphrase(key, passphrase, keys.storeId) } : {}),
  };
};

/** Begins a history. Throws what makes a new one impossible; nothing of it stays then. Answers its recovery key. */
export const createHistory = async (history: HeldHistory, passphrase: string | undefined): Promise<string> => {
  const { folder } = history.options;
  if (history.opened || existsSync(history.recordsFile)) throw vaultFailure('records-exist');
  const secret = newRecoverySecret();
  const key = recordKeyOf(secret);
  const keys = await wrapped(history, newKeys(key), key, passphrase);
  if (!keys.keychain && !keys.passphrase) throw vaultFailure('passphrase-required');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    createKeysFile(folder, { ...keys, begun: process.pid });
  } catch (error) {
    throw (error as { code?: unknown }).code === 'EEXIST' ? vaultFailure('records-exist') : toRecordError(error);
  }
  history.readKeys();
  const hadLog = existsSync(logOf(history.recordsFile));
  try {
    history.open(key, 'created');
  } catch (error) {
    // Nobody has seen the recovery key of this store yet, so nothing of it may stay; its keys go last, since nobody could open
    // a history that was left without them.
    try {
      rmSync(history.recordsFile, { force: true });
      if (!hadLog) rmSync(logOf(history.recordsFile), { force: true });
      rmSync(keysFileIn(folder), { force: true });
    } catch {
      // In a folder that cannot be written any more: that is what is told.
    }
    history.hasNoKeys();
    throw error;
  }
  try {
    endBeginning(folder, keys);
  } catch {
    // A full disk: the next start finds both and ends it.
  }
  return formatRecoveryKey(secret);
};

export const unlockWithPassphrase = async (history: HeldHistory, passphrase: string): Promise<void> => {
  const read = history.readKeys();
  if (read.state !== 'present' || !read.keys.passphrase) throw vaultFailure('passphrase-not-set');
  const key = await unwrapWithPassphrase(read.keys.passphrase, passphrase, read.keys.storeId);
  if (!key || !isKeyOf(read.keys, key)) {
    history.noteRecords('unlock-failed', { by: 'passphrase' });
    throw vaultFailure('passphrase-wrong');
  }
  history.open(key, 'passphrase');
  // A keychain entry that was lost is written anew.
  if (read.keys.keychain) replaceKeysFile(history.options.folder, await wrapped(history, read.keys, key, undefined));
};

export const unlockWithRecoveryKey = async (
  history: HeldHistory,
  typed: string,
  passphrase: string | undefined,
): Promise<void> => {
  const { folder } = history.options;
  const secret = parseRecoveryKey(typed);
  if (!secret) throw vaultFailure('recovery-key-mistyped');
  const key = recordKeyOf(secret);
  const read = history.readKeys();
  // A keys.json of an earlier key, put back: the history itself says which key it has.
  const isOurs = read.state === 'present' && isKeyOf(read.keys, key);
  const isOfFile = isUnderKey(history.recordsFile, key);
  if (read.state === 'present' && !isOurs && !isOfFile) {
    history.noteRecords('unlock-failed', { by: 'recovery-key' });
    throw vaultFailure('recovery-key-wrong');
  }
  const keys = await wrapped(history, isOurs ? read.keys : newKeys(key), key, passphrase);
  try {
    history.open(key, 'recovery-key');
  } catch (error) {
    // Without a key check, the records themselves are what tells that the key is another one.
    const { code } = toRecordError(error);
    const isOther = code === 'keys-of-another-time' || (read.state !== 'present' && code === 'records-corrupt');
    throw isOther ? vaultFailure('recovery-key-wrong') : error;
  }
  if (!keys.keychain && !keys.passphrase) {
    history.tellKeeperMissing();
    return;
  }
  if (read.state === 'damaged') setKeysFileAside(folder);
  replaceKeysFile(folder, keys);
  history.readKeys();
};

const openWithKeychain = (history: HeldHistory, keys: Keys, slot: { ciphertext: string }): void => {
  const keychain = history.usableKeychain();
  if (!keychain) {
    history.tell('locked', 'keychain-unavailable');
    return;
  }
  const key = unwrapWithKeychain(keychain, slot);
  if (key && isKeyOf(keys, key)) history.open(key, 'keychain');
  else history.tell('locked', 'keychain-lost');
};

const openRead = async (history: HeldHistory, read: ReadKeys): Promise<string | undefined> => {
  const passphrase = history.isLockedByHand ? undefined : history.options.passphrase;
  if (read.state === 'damaged') history.tell('locked', 'keys-damaged');
  else if (read.state === 'absent' && existsSync(history.recordsFile)) history.tell('locked', 'keys-missing');
  else if (read.state === 'absent') {
    history.tell('new', undefined);
    if (passphrase) return createHistory(history, passphrase);
  } else if (read.keys.passphrase && passphrase) await unlockWithPassphrase(history, passphrase);
  else if (read.keys.keychain) openWithKeychain(history, read.keys, read.keys.keychain);
  else history.tell('locked', 'passphrase-needed');
  return undefined;
};

/**
 * Opens the history where nobody has to be asked. Never throws: what went wrong stands in the status. Answers the recovery key
 * of one that the passphrase option began.
 */
export const openUnasked = async (history: HeldHistory): Promise<string | undefined> => {
  try {
    mkdirSync(history.options.folder, { recursive: true, mode: 0o700 });
    history.settleKeys();
    return await openRead(history, history.readKeys());
  } catch (error) {
    const failure = toRecordError(error);
    history.tellError(failure.code in vaultMessages ? 'locked' : 'unavailable', failure);
    return undefined;
  }
};

/** Holds a recovery key to the open history. Throws `recovery-key-mistyped`, `recovery-key-wrong`, `records-locked`. */
export const assertRecoveryKey = (history: HeldHistory, typed: string): void => {
  const secret = parseRecoveryKey(typed);
  if (!secret) throw vaultFailure('recovery-key-mistyped');
  const read = history.readKeys();
  if (!history.opened || read.state !== 'present') throw vaultFailure('records-locked');
  if (isKeyOf(read.keys, recordKeyOf(secret))) return;
  history.noteRecords('unlock-failed', { by: 'recovery-key' });
  throw vaultFailure('recovery-key-wrong');
};
