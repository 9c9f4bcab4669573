import { expect, onTestFinished, test } from 'vitest';
import { NOTHING_COVERED } from '../../../../src/main/cases/readers/covered-cases.ts';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { caseHandlers } from '../../../../src/main/procedures/cases.ts';
import { Session } from '../../../../src/main/procedures/draft.ts';
import { Jobs } from '../../../../src/main/procedures/jobs.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from '../cases/fake-keychain.ts';
import { sampleCase } from '../cases/sample-case.ts';

test('a case that came with an export of another installation opens nothing until it is linked here', async () => {
  const vault = new Vault({ folder: temporaryFolder(), keychain: fakeKeychain() });
  onTestFinished(() => vault.close());
  await vault.start();
  await vault.create({});
  const { id } = vault.store().save(sampleCase({ source: { kind: 'path', path: '' } }), 'a');
  const handlers = caseHandlers({
    vault,
    studies: {
      open: () => {
        throw new Error('the folder that haicast was started in');
      },
    } as never,
    session: new Session(),
    jobs: new Jobs(() => {}),
    demoSource: { kind: 'demo', path: '' },
    resolveSource: (path) => ({ kind: 'path', path }),
    actor: () => 'a',
    changed: () => {},
    covered: () => NOTHING_COVERED,
    decodeShown: () => {},
  });
  await expect(handlers['cases.openImages']({ id, jobId: 'j' })).rejects.toMatchObject({ code: 'images-gone' });
});
