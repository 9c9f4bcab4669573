import { readdirSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { recordsHandlers } from '../../../../src/main/procedures/records.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from '../cases/fake-keychain.ts';
import { sampleCase, samplePrediction } from '../cases/sample-case.ts';

vi.mock('node:crypto', async (original) => (await import('../cases/quick-crypto.ts')).quickCrypto(original));

/** An open history of two cases; `meanwhile` is done once, at the first step of whatever is asked for. */
const kept = async (meanwhile: (vault: Vault, ids: readonly string[]) => unknown) => {
  const vault = new Vault({ folder: temporaryFolder(), keychain: fakeKeychain() });
  onTestFinished(() => vault.close());
  await vault.start();
  await vault.create({});
  const ids = ['one', 'two'].map(
    (name) => vault.store().save(sampleCase({ prediction: samplePrediction(name) }), 'a').id,
  );
  let steps = 0;
  const out = temporaryFolder();
  const handlers = recordsHandlers({
    vault,
    actor: () => 'Dr Example',
    changed: () => {},
    jobs: new Jobs(() => {
      steps += 1;
      if (steps === 1) meanwhile(vault, ids);
    }),
    resolveDestination: () => out,
    resolveSource: (path) => ({ kind: 'path', path }),
    unfinished: { begin: () => () => undefined },
    appVersion: '0.0.0',
  });
  return { vault, ids, out, handlers };
};

const everything = { destination: 'out', protection: { plain: true }, jobId: 'j' } as const;

test('a history that is locked while everything is exported or verified is called locked, not damaged', async () => {
  const lock = (vault: Vault) => vault.lock();
  const exporting = await kept(lock);
  await expect(exporting.handlers['records.export'](everything)).rejects.toMatchObject({ code: 'locked-by-hand' });
  expect(readdirSync(exporting.out)).toStrictEqual([]);
  const verifying = await kept(lock);
  await expect(verifying.handlers['records.verify']({ scope: 'whole', jobId: 'j' })).rejects.toMatchObject({
    code: 'locked-by-hand',
  });
});

test('a case that is erased while everything is exported is not in it, and not called unreadable', async () => {
  const { handlers } = await kept((vault, ids) => vault.store().erasePatient(ids.slice(1), 'a'));
  expect(await handlers['records.export'](everything)).toMatchObject({ cases: 1, unreadable: [] });
});
