import { readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BackupManifest, backupManifestSchema } from '#shared/cases/backup.ts';
import { AppError } from '#shared/errors.ts';
import type { CopiedRecords, CopyOptions } from '../copy-records.ts';
import { keysFileIn } from '../keys/keys-file.ts';
import type { RecordsStore } from '../records-store.ts';
import { partOf } from '../sql/in-slices.ts';
import { backupName, backupsToRemove, backupTime } from './backup-names.ts';
import { verifyCopy } from './verify-copy.ts';

export interface BackupOptions extends CopyOptions {
  /** Where backups lie; made where it is missing. */
  folder: string;
  dataFolder: string;
  key: Uint8Array;
  now: Date;
}

const manifestIn = (folder: string): string => join(folder, 'backup.json');

const backupFailed = (error: unknown): AppError =>
  error instanceof AppError
    ? error
    : new AppError(
        'backup-failed',
        'No backup could be made. The history itself is not touched. Check that the folder for backups can be reached and written and has room, or choose another one.',
        { detail: error instanceof Error && 'code' in error ? String(error.code) : String(error), cause: error },
      );

const INCOMING = '.incoming-';
const DAY_MS = 86_400_000;

/** What a backup left that was ended in the middle; one of today may be another workstation's that is being made. */
const isAbandoned = (name: string, now: Date): boolean => {
  const begun = name.startsWith(INCOMING) ? backupTime(name.slice(INCOMING.length)) : undefined;
  return begun !== undefined && now.getTime() - begun.getTime() > DAY_MS;
};

const removeOld = async (folder: string, now: Date): Promise<void> => {
  const names = await readdir(folder);
  for (const name of [...backupsToRemove(names), ...names.filter((one) => isAbandoned(one, now))]) {
    await rm(join(folder, name), { recursive: true, force: true });
  }
};

const write = async (
  store: Pick<RecordsStore, 'copyTo'>,
  into: string,
  { dataFolder, key, now, ...copying }: BackupOptions,
): Promise<BackupManifest> => {
  const file = join(into, 'records.db');
  // Read now: those of the key that the copy is under, should the history be given another one meanwhile.
  const keys = readFileSync(keysFileIn(dataFolder));
  await mkdir(into, { recursive: true, mode: 0o700 });
  const copied: CopiedRecords = await store.copyTo(file, partOf(copying, 0, 2));
  await verifyCopy(file, key, copied, partOf(copying, 1, 2));
  await writeFile(keysFileIn(into), keys, { mode: 0o600 });
  const { size } = await stat(file);
  const manifest: BackupManifest = { schema: 1, at: now.toISOString(), bytes: size, ...copied };
  await writeFile(manifestIn(into), `${JSON.stringify(manifest, null, 2)}\n`, { mode: 0o600 });
  return manifest;
};

/**
 * Copies the history and its keys file into a new folder, which has its name only once the copy was opened with the key and
 * found whole; then removes backups that are no longer needed. Saves go on meanwhile. Throws `backup-failed`, or what the
 * copy was found to be; nothing is left then.
 */
export const makeBackup = async (
  store: Pick<RecordsStore, 'copyTo'>,
  options: BackupOptions,
): Promise<BackupManifest & { name: string }> => {
  const { folder, now } = options;
  const name = backupName(now);
  const incoming = join(folder, `${INCOMING}${name}`);
  try {
    const manifest = await write(store, incoming, options);
    await rename(incoming, join(folder, name));
    // It counts from here on. On a share that lets nothing be removed the old ones stay; else they go with the next one.
    await removeOld(folder, now).catch(() => undefined);
    return { ...manifest, name };
  } catch (error) {
    await rm(incoming, { recursive: true, force: true }).catch(() => undefined);
    if (options.signal?.aborted) throw error;
    throw backupFailed(error);
  }
};

/** Backups of a folder, newest first; what is no whole backup is left out. Throws `backup-failed` where it cannot be read. */
export const listBackups = async (folder: string): Promise<(BackupManifest & { name: string })[]> => {
  const names = await readdir(folder).catch((error: unknown) => {
    if ((error as { code?: unknown }).code === 'ENOENT') return [];
    throw backupFailed(error);
  });
  const read = names
    .filter((name) => backupTime(name) !== undefined)
    .sort()
    .reverse()
    .map(async (name) => {
      const text = await readFile(manifestIn(join(folder, name)), 'utf8').catch(() => '');
      try {
        return [{ name, ...backupManifestSchema.parse(JSON.parse(text)) }];
      } catch {
        return [];
      }
    });
  return (await Promise.all(read)).flat();
};
