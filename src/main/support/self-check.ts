import { AppError } from '#shared/errors.ts';
import type { SelfCheck } from '#shared/self-check.ts';
import { readLatestTime } from '../cases/audit/read-audit-page.ts';
import type { BackupService } from '../cases/backup/backup-service.ts';
import type { Vault } from '../cases/vault.ts';
import type { ModelLibrary } from '../inference/model-library.ts';
import { freeBytes } from './disk.ts';
import { judgeBackup, judgeClock, judgeDisk, judgeModel, judgeProvider, judgeRecords, judgeVersions } from './judge.ts';

export interface SelfCheckOptions {
  vault: Vault;
  backups: BackupService;
  models: ModelLibrary;
  dataFolder: string;
  version: string;
  platform: string;
  versions: Readonly<Record<string, string>>;
  now?: () => Date;
}

const latestTime = (vault: Vault): string | undefined => {
  try {
    return vault.store().compare(readLatestTime);
  } catch {
    // Locked or damaged, which the finding about the records says.
    return undefined;
  }
};

const codeOf = (error: unknown): string => (error instanceof AppError ? error.code : 'internal');

/**
 * Looks at everything once. `onStep` hears of each subject that is done; a provider that was never measured on this computer
 * takes seconds. Throws only where `signal` was aborted.
 */
export const selfCheck = async (
  { vault, backups, models, dataFolder, version, platform, versions, now = () => new Date() }: SelfCheckOptions,
  { signal, onStep }: { signal?: AbortSignal; onStep?: (done: number, total: number) => void } = {},
): Promise<SelfCheck> => {
  const { models: known, rejected } = await models.list();
  const chosen = known.find(({ isDefault }) => isDefault) ?? known[0];
  const subjects = [
    async () => judgeRecords(vault.status()),
    async () => judgeBackup(await backups.status()),
    async () => judgeModel(chosen?.manifest, rejected.length),
    async () => judgeProvider(chosen ? await models.provider(chosen.manifest.id).catch(codeOf) : 'model-none'),
    async () => judgeDisk(await freeBytes(dataFolder)),
    async () => judgeClock(now(), latestTime(vault)),
    async () => judgeVersions(version, platform, versions),
  ];
  const findings: SelfCheck['findings'] = [];
  for (const subject of subjects) {
    findings.push(await subject());
    onStep?.(findings.length, subjects.length);
    signal?.throwIfAborted();
  }
  return { at: now().toISOString(), findings };
};
