/** What names a patient is in the encrypted history and its backups, and nowhere else that haicast writes. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Vault } from '../../../src/main/cases/vault.ts';
import { callsOf } from '../../../src/main/hosts/cli/client.ts';
import { plantedAtBoard, plantedDecision, plantedListing, plantedMeeting } from '../../fixtures/planted-meeting.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { sampleCase, sampleStudy } from './cases/sample-case.ts';
import { testApplication } from './test-application.ts';

vi.mock('node:crypto', async (original) => (await import('./cases/quick-crypto.ts')).quickCrypto(original));

const passphrase = 'a passphrase nobody else has';
const planted = [
  ...['Zyxwplant', 'PLANTED-4711', '2.25.1', '/images/one', 'Qrstnote', passphrase, 'an export nobody'],
  ...plantedAtBoard,
];

const filesBelow = (folder: string): { name: string; bytes: Buffer }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({
      name: join(entry.parentPath, entry.name),
      bytes: readFileSync(join(entry.parentPath, entry.name)),
    }));

test('planted identifiers are in no file, file name or line of output, through saving, verifying, exports, backup and errors, and every file is its owner’s alone', async () => {
  const folder = temporaryFolder();
  const said: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, 'write').mockImplementation((chunk) => said.push(String(chunk)) > 0);
    onTestFinished(() => spy.mockRestore());
  }
  const dataFolder = join(folder, 'data');
  const vault = new Vault({ folder: dataFolder, passphrase, actor: () => 'Dr A' });
  await vault.start();
  const study = sampleStudy('Zyxwplant^Person', 'PLANTED-4711');
  const { id } = vault.store().save(sampleCase({ study, note: 'Qrstnote' }), 'Dr A');
  await vault.lock();
  await vault.unlock({ passphrase: `${passphrase} mistyped` }).catch(() => undefined);
  vault.close();

  const application = await testApplication(folder, {
    passphrase,
    resolveDestination: (name) => join(folder, name),
  });
  const call = callsOf(application);
  await call('cases.open', { id });
  const place = { caseId: id, meetingId: 'thursday' };
  await call('board.save', { meeting: plantedMeeting([id]), base: null });
  await call('board.ask', { ...place, listing: plantedListing, base: null });
  const { revision } = await call('board.showModel', { ...place, when: 'after' });
  await call('board.decide', { ...place, entry: plantedDecision, revision, base: null });
  // Once more, by another hand: what is refused says nothing of it either.
  const refusedAtBoard = await call('board.ask', { ...place, listing: plantedListing, base: null }).catch(
    (error: unknown) => JSON.stringify(error),
  );
  const failed = await call('cases.openImages', { id, jobId: 'images' }).catch((error: unknown) =>
    JSON.stringify(error),
  );
  await call('cases.printed', { id, as: 'pdf' });
  await call('records.verify', { scope: 'whole', jobId: 'verify' });
  await call('audit.export', { destination: 'exported', jobId: 'export' });
  const bundle = await call('support.preview', { jobId: 'bundle' });
  await call('support.save', { id: bundle.id, destination: 'supported' });
  const protection = { passphrase: 'an export nobody else has' };
  const { file } = await call('records.export', { destination: 'all', protection, jobId: 'all' });
  await call('records.import', { path: join(folder, 'all', file), ...protection, dryRun: false, jobId: 'import' });
  const refused = await Promise.all(
    [join(folder, 'all', file), join(folder, 'Zyxwplant.zip')].map((path) =>
      call('records.import', { path, passphrase, dryRun: true, jobId: path }).catch((error: unknown) =>
        JSON.stringify(error),
      ),
    ),
  );
  const { name } = await call('backup.make', { jobId: 'backup' });
  await call('cases.trash', { id });
  await call('backup.restore', { name, jobId: 'restore' });
  const shown = JSON.stringify([
    bundle,
    await call('audit.list', {}),
    await call('backup.status', {}),
    await call('records.status', {}),
  ]);
  await application.close();

  const files = filesBelow(folder);
  expect(files.map((file) => file.name).join('\n')).toMatch(/backup\.json[\s\S]*records\.db/);
  if (process.platform !== 'win32') {
    const forOthers = files.filter((file) => (statSync(file.name).mode & 0o077) !== 0);
    expect(forOthers.map((file) => relative(folder, file.name))).toStrictEqual([]);
  }
  for (const word of planted) {
    expect(
      files.filter((file) => file.bytes.includes(word) || file.name.includes(word)).map((file) => file.name),
      word,
    ).toStrictEqual([]);
    expect(said.join('').includes(word), word).toBe(false);
    expect(shown.includes(word), word).toBe(false);
    expect(String([failed, refusedAtBoard, ...refused]).includes(word), word).toBe(false);
  }
});
