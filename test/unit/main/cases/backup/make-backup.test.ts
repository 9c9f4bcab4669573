import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { listBackups, makeBackup } from '../../../../../src/main/cases/backup/make-backup.ts';
import { keysFileIn } from '../../../../../src/main/cases/keys/keys-file.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { sampleCase } from '../sample-case.ts';
import { openStore } from '../temporary-store.ts';
import { TEST_KEY } from '../test-key.ts';

vi.mock('node:fs/promises', async (original) => ({
  ...(await original<typeof import('node:fs/promises')>()),
  rm: () => Promise.reject(Object.assign(new Error('nothing is removed here'), { code: 'EPERM' })),
}));

test('a backup on a share that lets nothing be removed is made, and counts; the old ones stay', async () => {
  const dataFolder = temporaryFolder();
  const store = openStore(join(dataFolder, 'records.db'));
  store.save(sampleCase(), 'a');
  writeFileSync(keysFileIn(dataFolder), '{}');
  const folder = join(dataFolder, 'backups');
  const old = 'haicast-2020-01-01T080000Z';
  // Two of one day, and of years ago: the older one is no longer needed.
  for (const name of [old, 'haicast-2020-01-01T090000Z']) mkdirSync(join(folder, name), { recursive: true });
  const now = new Date('2026-05-04T08:00:00.000Z');
  const made = await makeBackup(store, { folder, dataFolder, key: TEST_KEY, now });
  expect(made.cases).toBe(1);
  expect((await listBackups(folder)).map(({ name }) => name)).toStrictEqual([made.name]);
  expect(readdirSync(folder)).toContain(old);
});
