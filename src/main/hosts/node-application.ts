import { readFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { type ApplicationOptions, type ComposedApplication, createApplication } from '../application.ts';
import { clearPassingFolders } from '../files/private-folder.ts';
import { parseProviders } from '../inference/providers.ts';
import { managedFileOf } from '../settings/managed-file.ts';
import { forkWorkers } from '../workers/fork.ts';
import { projectFolder, workerEntries } from '../workers/program-files.ts';
import { settleDataFolder } from './data-folder.ts';

export const applicationVersion = (): string =>
  (JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string }).version;

/** Absolute, so that a later change of the working folder does not move the records. */
export const dataFolder = (): string => resolve(settleDataFolder(process.env, process.platform, homedir()));

export const userName = (): string => {
  try {
    return userInfo().username;
  } catch {
    // A process without an entry in the user database, as in some containers.
    return 'unknown';
  }
};

/** The application on plain Node, where no keychain is. The records stay closed until `openRecords`. */
export const createNodeApplication = (
  options: Pick<ApplicationOptions, 'host' | 'resolveSource' | 'resolveDestination'>,
): Promise<ComposedApplication> => {
  clearPassingFolders(dataFolder());
  return createApplication({
    ...options,
    version: applicationVersion(),
    platform: process.platform,
    versions: { node: process.versions.node },
    dataFolder: dataFolder(),
    resourcesFolder: join(projectFolder, 'resources'),
    spawnWorker: forkWorkers(workerEntries()),
    locale: Intl.DateTimeFormat().resolvedOptions().locale,
    userName: userName(),
    backupFolder: process.env.HAICAST_BACKUPS || undefined,
    managedFile: managedFileOf(process.env, process.platform),
    providers: parseProviders(process.env.HAICAST_PROVIDERS),
  });
};
