import { expect, onTestFinished, test, vi } from 'vitest';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from './fake-keychain.ts';
import { sampleCase } from './sample-case.ts';

vi.mock('node:crypto', async (original) => (await import('./quick-crypto.ts')).quickCrypto(original));

test('the trash is emptied by the days that were chosen, and never where none were or the history is locked', async () => {
  let now = new Date('2026-01-01T00:00:00.000Z');
  const vault = new Vault({ folder: temporaryFolder(), keychain: fakeKeychain(), now: () => now });
  onTestFinished(() => vault.close());
  await vault.start();
  expect(await vault.emptyTrash(30)).toBe(0);
  await vault.create({});
  const { id } = vault.store().save(sampleCase(), 'a');
  vault.store().trash(id, 'a');
  now = new Date('2026-01-30T00:00:00.000Z');
  expect([await vault.emptyTrash(0), await vault.emptyTrash(30)]).toStrictEqual([0, 0]);
  expect(vault.status().trashEmptied).toBeUndefined();
  now = new Date('2026-02-01T00:00:00.000Z');
  expect(await vault.emptyTrash(30)).toBe(1);
  expect(vault.status().trashEmptied).toStrictEqual({ cases: 1, at: now.toISOString() });
  expect(vault.store().list({ trashed: true }).total).toBe(0);
});
