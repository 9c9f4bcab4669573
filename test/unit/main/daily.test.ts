import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ProcedureOutput } from '#shared/api.ts';
import { createApplication } from '../../../src/main/application.ts';
import { Vault } from '../../../src/main/cases/vault.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { sampleCase } from './cases/sample-case.ts';

const passphrase = 'a passphrase for tests';

test('the trash is emptied once the application is there, and whoever looks is told how many cases went', async () => {
  const folder = temporaryFolder();
  const dataFolder = join(folder, 'data');
  mkdirSync(dataFolder);
  writeFileSync(join(dataFolder, 'settings.json'), JSON.stringify({ emptyTrashAfterDays: 7 }));
  const before = new Vault({ folder: dataFolder, passphrase, now: () => new Date('2020-01-01T00:00:00.000Z') });
  await before.start();
  const { id } = before.store().save(sampleCase(), 'a');
  before.store().trash(id, 'a');
  before.close();
  const application = await createApplication({
    host: 'loopback',
    version: '0.0.0',
    platform: 'test',
    versions: {},
    dataFolder,
    resourcesFolder: folder,
    locale: 'en',
    userName: 'Dr A',
    passphrase,
    spawnWorker: () => {
      throw new Error('nothing here needs one');
    },
  });
  onTestFinished(() => application.close());
  const status = () => application.call('records.status', {}) as Promise<ProcedureOutput<'records.status'>>;
  const told = new Promise<string>((resolve) => application.onEvent((name) => resolve(name)));
  const { roles, lesions, factors, study } = sampleCase();
  const draft = { caseId: id, studyInstanceUID: study.studyInstanceUID, roles, lesions, factors };
  await application.call('draft.keep', { window: 'one', draft, unsaved: true });
  expect(await status()).not.toHaveProperty('trashEmptied');
  expect(await told).toBe('records.changed');
  expect((await status()).trashEmptied).toMatchObject({ cases: 1 });
  // Nor is unsaved work of it left in any window.
  expect(await application.call('draft.get', { window: 'one' })).toMatchObject({ draft: null });
});
