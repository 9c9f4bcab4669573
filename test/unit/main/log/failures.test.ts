import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { ProcedureOutput } from '#shared/api.ts';
import type { ComposedApplication } from '../../../../src/main/application.ts';
import { folderForAll } from '../../../fixtures/temporary-folder.ts';
import { testApplication } from '../test-application.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

const folder = folderForAll();
let application: ComposedApplication;
beforeAll(async () => {
  application = await testApplication(folder, {
    passphrase: 'a passphrase for tests',
  });
});
afterAll(async () => {
  await application.close();
});

it('what fails in the application is in its log, and no name of a patient, folder or file with it', async () => {
  const secret = 'ZHANG^SAN';
  const place = join(folder, secret);
  await mkdir(place);
  await writeFile(join(place, 'letter.7z'), Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]));
  await Promise.allSettled([
    application.call('study.open', { path: join(place, 'gone'), jobId: secret }),
    application.call('study.open', { path: join(place, 'letter.7z'), jobId: 'archive' }),
    application.call('models.install', { path: place, jobId: 'install' }),
    application.call('cases.get', { id: secret }),
    application.call('study.volume', { openId: secret, seriesId: secret, jobId: 'volume' }),
    application.call('app.pageFailed', { code: secret, kind: secret, at: [`/${secret}/src/main/a.ts:1:1`] }),
  ]);
  const { logFile } = (await application.call('app.info', {})) as ProcedureOutput<'app.info'>;
  const log = await readFile(logFile, 'utf8');
  expect(log).toMatch(/ start version=0\.0\.0 host=cli/);
  for (const failed of ['study.open', 'models.install', 'cases.get', 'study.volume', 'page']) {
    expect(log).toMatch(new RegExp(` ${failed} kind=\\w+`));
  }
  expect(log).toMatch(/ study\.open kind=AppError code=cannot-open/);
  expect(log).not.toContain(secret);
  expect(log).not.toContain(folder);
});
