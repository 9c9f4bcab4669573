import { existsSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '#shared/errors.ts';
import { syncFolder } from '../../files/write-atomically.ts';
import type { Actor } from '../audit/actor.ts';
import { verifyCopy } from '../backup/verify-copy.ts';
import type { CopiedRecords, CopyOptions } from '../copy-records.ts';
import { logOf } from '../file/look-before.ts';
import { passingFile, removePassing } from '../file/passing-files.ts';
import { type Keys, replaceKeysFile, saltOf } from '../keys/keys-file.ts';
import { RecordsStore } from '../records-store.ts';
import { partOf } from '../sql/in-slices.ts';

/** The history under its new key, until it takes the place of the other. */
const rekeyedOf = (file: string): string => passingFile(file, 'rekeyed');

export interface Rekeying extends CopyOptions {
  file: string;
  key: Uint8Array;
  newKey: Uint8Array;
  actor: Actor;
  /** For the audit log. */
  detail: Record<string, unknown>;
  now?: (() => Date) | undefined;
}

/**
 * Writes the history under another key beside itself, checked page by page, together with the audit entry that says so and
 * the key before, which backups of its time are read with. Answers what was copied. Saves go on meanwhile.
 */
export const writeRekeyed = async (
  store: Pick<RecordsStore, 'copyTo'>,
  { file, key, newKey, actor, detail, now, ...copying }: Rekeying,
): Promise<CopiedRecords> => {
  const target = rekeyedOf(file);
  removePassing(file, 'rekeyed');
  const copied = await store.copyTo(target, { ...partOf(copying, 0, 2), underKey: newKey });
  await verifyCopy(target, newKey, copied, partOf(copying, 1, 2));
  const rekeyed = new RecordsStore({ file: target, key: newKey, ...(now ? { now } : {}) });
  try {
    rekeyed.keepFormerKey(key, actor);
    rekeyed.record({ action: 'records.rekeyed', caseId: null, detail }, actor);
  } finally {
    rekeyed.close();
  }
  return copied;
};

const bytesOf = (file: string): number => (existsSync(file) ? statSync(file).size : 0);

/**
 * Puts the history under its new key in the place of the one before; both must be closed. Whatever ends it, and when: keys.json
 * then has the keys of the history that is there, since the one rename decides which that is. Throws with nothing changed.
 */
export const putRekeyed = (folder: string, file: string, before: Keys, after: Keys): void => {
  const salt = saltOf(rekeyedOf(file));
  if (salt === undefined || bytesOf(logOf(rekeyedOf(file))) > 0 || bytesOf(logOf(file)) > 0) {
    throw new AppError(
      'disk-full',
      'The disk is full. Nothing was changed. Free some space in the data folder and try again.',
    );
  }
  replaceKeysFile(folder, { ...before, next: { salt, keys: after } });
  try {
    renameSync(rekeyedOf(file), file);
  } catch (error) {
    replaceKeysFile(folder, before);
    throw error;
  }
  try {
    syncFolder(dirname(file));
  } catch {
    // It has its new name; the disk will learn of it all the same.
  }
};
