import { join } from 'node:path';
import { AppError } from '#shared/errors.ts';
import type { BackupService } from '../cases/backup/backup-service.ts';
import { listBackups } from '../cases/backup/make-backup.ts';
import type { CopyOptions } from '../cases/copy-records.ts';
import type { Vault } from '../cases/vault.ts';
import type { CallOptions } from '../workers/client.ts';
import type { DestinationResolver } from './deidentify.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface BackupHandlerOptions {
  backups: BackupService;
  vault: Vault;
  jobs: Jobs;
  resolveDestination: DestinationResolver;
}

const reporting = ({ signal, onProgress }: Required<CallOptions>): CopyOptions => ({
  signal,
  onStep: ({ done, total }) => onProgress('backup', done, total),
});

export const backupHandlers = ({
  backups,
  vault,
  jobs,
  resolveDestination,
}: BackupHandlerOptions): HandlersOf<'backup'> => {
  /** One that the folder lists: a name is never a path. */
  const known = async (name: string) => {
    const found = (await listBackups(backups.folder)).find((one) => one.name === name);
    if (found) return { ...found, folder: join(backups.folder, name) };
    throw new AppError('backup-unknown', 'This backup is no longer in the folder for backups.');
  };

  return {
    'backup.status': () => backups.status(),
    'backup.make': ({ jobId }) => jobs.run(jobId, (options) => backups.make(reporting(options))),
    'backup.chooseFolder': ({ destination }) => {
      backups.choose(resolveDestination(destination));
      return backups.status();
    },
    'backup.preview': ({ name, jobId }) =>
      jobs.run(jobId, async (options) => {
        const { folder, ...backup } = await known(name);
        const loss = await vault.lossOf(folder, backup, reporting(options));
        return { name, at: backup.at, cases: backup.cases, ...(loss ?? { newCases: null, changedCases: null }) };
      }),
    'backup.restore': ({ name, jobId }) =>
      jobs.run(jobId, async (options) => {
        const { folder, ...backup } = await known(name);
        return await vault.restore(folder, backup, { made: backup.at, ...reporting(options) });
      }),
  };
};
