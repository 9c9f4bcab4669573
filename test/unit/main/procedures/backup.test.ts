import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import type { BackupService } from '../../../../src/main/cases/backup/backup-service.ts';
import type { Vault } from '../../../../src/main/cases/vault.ts';
import { backupHandlers } from '../../../../src/main/procedures/backup.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';

const NAME = 'haicast-2026-05-04T080000Z';

test('a restore checks its backup in the records and not a second time before them, and can be cancelled', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, NAME));
  const manifest = { schema: 1, at: '2026-05-04T08:00:00.000Z', bytes: 1, cases: 1, through: 1, hash: 'h' };
  writeFileSync(join(folder, NAME, 'backup.json'), JSON.stringify(manifest));
  const lossOf = vi.fn();
  const restore = vi.fn((_folder: string, _expected: object, { signal }: { signal?: AbortSignal }) => {
    jobs.cancel('restore');
    signal?.throwIfAborted();
  });
  const jobs = new Jobs(() => undefined);
  const handlers = backupHandlers({
    backups: { folder } as BackupService,
    vault: { lossOf, restore } as unknown as Vault,
    jobs,
    resolveDestination: () => folder,
  });
  await expect(handlers['backup.restore']({ name: NAME, jobId: 'restore' })).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect(lossOf).not.toHaveBeenCalled();
  expect(restore).toHaveBeenCalledTimes(1);
});
