import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { CopyOptions } from '../copy-records.ts';
import { isUnderAnotherKey, isUnderKey } from '../file/look-before.ts';
import { leavePassing, passingFile } from '../file/passing-files.ts';
import { putInPlace } from '../file/put-in-place.ts';
import type { HeldHistory } from '../held-history.ts';
import { settleKeysFile } from '../keys/keys-file.ts';
import type { RecordsStore } from '../records-store.ts';
import { toRecordError, withRecordErrors } from '../sql/record-errors.ts';
import { vaultFailure } from '../vault-messages.ts';
import { fetchBackup, lossOf, type RestoreLoss } from './restore-backup.ts';
import { type Expected, verifyCopy } from './verify-copy.ts';

export interface RestoreOptions extends CopyOptions {
  /** When the backup was made, for the audit log. */
  made: string;
}

/**
 * What takes the place of the present history keeps what was erased in it, who may sign in and which keys it had: one that was
 * only closed is opened first, unless it is gone, or too damaged to be. Throws whatever else keeps it closed: another haicast
 * that has it, or gave it another key, a disk that cannot be written.
 */
export const openToReplace = (history: HeldHistory): void => {
  const { key, opened, recordsFile } = history;
  if (!key || opened || !existsSync(recordsFile)) return;
  try {
    history.open(key, undefined);
  } catch (error) {
    const failure = toRecordError(error);
    if (failure.code !== 'records-corrupt') throw failure;
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

const backupOfAnotherKey = (): AppError =>
  new AppError(
    'backup-of-another-key',
    'This backup is under a key that the case history does not know: it is of another history, or of a time before the key was changed, which the history is too damaged to tell. Nothing was changed. Mend the history first, or choose a newer backup.',
  );

const formerKeys = (history: HeldHistory): readonly Uint8Array[] => ask(history, (store) => store.formerKeys()) ?? [];

/**
 * The key that a backup is under: the present one, or, of an earlier day, one that the history had. Throws
 * `backup-of-another-key`; where the first page of the backup is damaged, its check says so.
 */
const keyOf = (history: HeldHistory, file: string, key: Uint8Array): Uint8Array => {
  const known = [key, ...formerKeys(history)].find((one) => isUnderKey(file, one));
  if (!known && existsSync(file) && isUnderAnotherKey(file, key)) throw backupOfAnotherKey();
  return known ?? key;
};

const lossTo = (history: HeldHistory, file: string, key: Uint8Array): RestoreLoss | undefined =>
  history.opened?.damaged ? undefined : ask(history, (store) => store.compare((db) => lossOf(db, file, key)));

/**
 * What restoring a backup would take away; undefined where the present history is too damaged to be compared. Throws
 * `backup-damaged` where the backup is not whole, `backup-of-another-key`.
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
 * is too damaged to be opened. What was erased after the backup was made stays erased. Throws where everything is as it was;
 * where the backup is in place and cannot be opened now, the status says why.
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
  openToReplace(history);
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
  history.openAgain(key);
};
