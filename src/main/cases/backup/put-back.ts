import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CopyOptions } from '../copy-records.ts';
import { isUnderKey } from '../file/look-before.ts';
import { leavePassing, passingFile } from '../file/passing-files.ts';
import { putInPlace } from '../file/put-in-place.ts';
import type { HeldHistory } from '../held-history.ts';
import { settleKeysFile } from '../keys/keys-file.ts';
import type { RecordsStore } from '../records-store.ts';
import { mayPass, toRecordError, withRecordErrors } from '../sql/record-errors.ts';
import { vaultFailure } from '../vault-messages.ts';
import { fetchBackup, lossOf, type RestoreLoss } from './restore-backup.ts';
import { type Expected, verifyCopy } from './verify-copy.ts';

export interface RestoreOptions extends CopyOptions {
  /** When the backup was made, for the audit log. */
  made: string;
}

/**
 * The present history says what was erased, who may sign in and which keys it had: one that was only closed, since its disk could
 * not be written for a moment, is opened again. One that cannot be opened for what it holds stays closed. Throws what is wrong
 * with the disk.
 */
export const openToAsk = (history: HeldHistory): void => {
  const { key, opened, recordsFile } = history;
  if (!key || opened || !existsSync(recordsFile)) return;
  try {
    history.open(key, undefined);
  } catch (error) {
    const failure = toRecordError(error);
    if (mayPass(failure)) throw failure;
  }
};

/** What the present history says, or undefined where it is too damaged to. */
const ask = <T>({ opened }: HeldHistory, question: (store: RecordsStore) => T): T | undefined => {
  try {
    return opened && question(opened);
  } catch (error) {
    if (opened?.damaged) return undefined;
    throw error;
  }
};

const formerKeys = (history: HeldHistory): readonly Uint8Array[] => ask(history, (store) => store.formerKeys()) ?? [];

/** The key that a backup is under: the present one, or, of an earlier day, one that the history had. */
const keyOf = (history: HeldHistory, file: string, key: Uint8Array): Uint8Array =>
  [key, ...formerKeys(history)].find((one) => isUnderKey(file, one)) ?? key;

const lossTo = ({ opened }: HeldHistory, file: string, key: Uint8Array): RestoreLoss | undefined => {
  if (!opened || opened.damaged) return undefined;
  try {
    return opened.compare((db) => lossOf(db, file, key));
  } catch (error) {
    if (opened.damaged) return undefined;
    throw error;
  }
};

/**
 * What restoring a backup would take away; undefined where the present history is too damaged to be compared. Throws
 * `backup-damaged` where the backup is not whole, or of another key.
 */
export const lossOfBackup = async (
  history: HeldHistory,
  backup: string,
  expected: Expected,
  options: CopyOptions,
): Promise<RestoreLoss | undefined> => {
  const { key } = history;
  if (!key) throw vaultFailure('records-locked');
  const file = join(backup, 'records.db');
  const keyThen = keyOf(history, file, key);
  await verifyCopy(file, keyThen, expected, options);
  return lossTo(history, file, keyThen);
};

/** Before it is put in place: what was erased since is erased in it, users are those of now, and its log says that it was restored. */
const bringUpToDate = (history: HeldHistory, file: string, key: Uint8Array, detail: Record<string, unknown>): void => {
  const actor = history.actor();
  const erased = ask(history, ({ tombstones }) => tombstones);
  const users = ask(history, (store) => store.users.rows()) ?? [];
  const store = history.storeOf(file, key);
  try {
    store.eraseAgain(erased ?? [], actor);
    // Backups of days between stay readable.
    for (const former of formerKeys(history)) store.keepFormerKey(former, actor);
    store.users.keepAsThere(users, actor);
    const unknown = erased ? {} : { erasures: 'unknown' };
    store.record({ action: 'records.restored', caseId: null, detail: { ...detail, ...unknown } }, actor);
  } finally {
    store.close();
  }
};

/**
 * Puts a backup in the place of the history, which stays beside it under another name, and opens it: also of a history that
 * is too damaged to be opened. What was erased after the backup was made stays erased. Throws where everything is as it was.
 */
export const putBack = async (
  history: HeldHistory,
  backup: string,
  expected: Expected,
  { made, ...options }: RestoreOptions,
): Promise<void> => {
  const { key, recordsFile: file } = history;
  if (!key) throw vaultFailure('records-locked');
  const incoming = passingFile(file, 'incoming');
  openToAsk(history);
  withRecordErrors(() => settleKeysFile(history.options.folder));
  const keyThen = keyOf(history, join(backup, 'records.db'), key);
  await fetchBackup(backup, incoming, { keyThen, key, expected, ...options });
  try {
    const detail = { made, ...(lossTo(history, incoming, key) ?? { loss: 'unknown' }) };
    bringUpToDate(history, incoming, key, detail);
    history.letGo();
    await putInPlace(file, incoming, `${file}.replaced-${history.now().replace(/[^0-9]/g, '')}`);
  } catch (error) {
    if (!history.opened) history.openAgain(key);
    throw toRecordError(error);
  } finally {
    leavePassing(file, 'incoming');
  }
  history.open(key, undefined);
};
