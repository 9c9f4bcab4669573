import type { CopiedRecords, CopyOptions } from '../copy-records.ts';
import { leavePassing } from '../file/passing-files.ts';
import type { HeldHistory } from '../held-history.ts';
import { type Keys, newKeys, readKeys, setKeysFileAside } from '../keys/keys-file.ts';
import { wrapped } from '../keys/open-history.ts';
import { unwrapWithPassphrase } from '../keys/passphrase-wrapping.ts';
import { parseRecoveryKey, recordKeyOf } from '../keys/recovery-key.ts';
import { toRecordError } from '../sql/record-errors.ts';
import { vaultFailure } from '../vault-messages.ts';
import { putRekeyed, writeRekeyed } from './rekeyed-file.ts';

export interface NewKeys {
  /** The present passphrase, where there is one. */
  current?: string | undefined;
  /** Absent: it stays the same. */
  passphrase?: string | undefined;
  recoveryKey: string;
}

/** Who changes keys knows the passphrase, where there is one. Throws `passphrase-wrong`, `records-locked`. */
export const assertKnown = async (
  history: HeldHistory,
  current: string | undefined,
): Promise<{ key: Uint8Array; keys: Keys }> => {
  const key = history.opened && history.key;
  if (!key) throw vaultFailure('records-locked');
  const read = history.readKeys();
  const keys = read.state === 'present' ? read.keys : newKeys(key);
  if (keys.passphrase && !(await unwrapWithPassphrase(keys.passphrase, current ?? '', keys.storeId))) {
    history.noteRecords('rekey-refused', { by: 'passphrase' });
    throw vaultFailure('passphrase-wrong');
  }
  return { key, keys };
};

/** In one go: nothing is saved between the copy and its taking the place of the other. */
const takePlace = (
  history: HeldHistory,
  { before, after }: { before: Keys; after: Keys },
  { key, newKey, copied }: { key: Uint8Array; newKey: Uint8Array; copied: CopiedRecords },
): void => {
  const { folder } = history.options;
  if (!history.store().isAsCopied(copied)) throw vaultFailure('records-busy');
  const isDamaged = readKeys(folder).state === 'damaged';
  const { told } = history;
  history.letGo();
  let opening = key;
  try {
    if (isDamaged) setKeysFileAside(folder);
    putRekeyed(folder, history.recordsFile, before, after);
    opening = newKey;
  } finally {
    history.settleKeys();
    history.readKeys();
    history.openAgain(opening);
    const isKeptAgain = told?.code === 'keeper-missing' && opening === newKey;
    if (history.opened) history.tellAgain(isKeptAgain ? undefined : told);
  }
};

/**
 * Gives the history the key that `recoveryKey` leads to; with a passphrase, or another one, where one is given. Whatever opened
 * it before opens nothing then. Ended at any moment it has the one key or the other. Throws with nothing changed.
 */
export const changeKey = async (
  history: HeldHistory,
  { current, passphrase, recoveryKey }: Omit<NewKeys, 'recoveryKey'> & { recoveryKey: string | undefined },
  copying: CopyOptions,
): Promise<void> => {
  const { key, keys } = await assertKnown(history, current);
  const secret = recoveryKey === undefined ? undefined : parseRecoveryKey(recoveryKey);
  if (!secret) throw vaultFailure('recovery-key-outdated');
  const newKey = recordKeyOf(secret);
  const fresh = { ...newKeys(newKey), storeId: keys.storeId };
  const after = await wrapped(history, fresh, newKey, passphrase ?? (keys.passphrase && current));
  if (!after.keychain && !after.passphrase) throw vaultFailure('passphrase-required');
  try {
    const copied = await writeRekeyed(history.store(), {
      ...copying,
      file: history.recordsFile,
      key,
      newKey,
      actor: history.actor(),
      now: history.options.now,
      detail: { passphrase: passphrase === undefined ? 'same' : 'new' },
    });
    takePlace(history, { before: keys, after }, { key, newKey, copied });
  } catch (error) {
    if (copying.signal?.aborted) throw error;
    throw toRecordError(error);
  } finally {
    leavePassing(history.recordsFile, 'rekeyed');
  }
};
