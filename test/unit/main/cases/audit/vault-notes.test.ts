import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';

vi.mock('node:crypto', async (original) => (await import('../quick-crypto.ts')).quickCrypto(original));

const PASSPHRASE = 'a long enough passphrase';

const vaultIn = (folder: string): Vault => {
  const vault = new Vault({ folder, actor: () => 'Dr Example' });
  onTestFinished(() => vault.close());
  return vault;
};

const told = (vault: Vault) =>
  vault
    .store()
    .auditPage({})
    .entries.toReversed()
    .map(({ action, actor, facts }) => [action, actor, ...facts.map(({ value }) => value)]);

test('creating, locking, failed and good unlocking and a new passphrase are entries, by whom and by what', async () => {
  const folder = temporaryFolder();
  const first = vaultIn(folder);
  await first.start();
  const { recoveryKey } = await first.create({ passphrase: PASSPHRASE });
  await first.lock();
  await expect(first.unlock({ passphrase: 'not the passphrase' })).rejects.toMatchObject({ code: 'passphrase-wrong' });
  // The failure outlives the process that saw it, in a file that holds nothing of what was typed.
  const waiting = readFileSync(join(folder, 'audit-waiting.jsonl'), 'utf8');
  expect(waiting).toContain('records.unlock-failed');
  expect(waiting).not.toContain('not the passphrase');
  const second = vaultIn(folder);
  await second.start();
  await second.unlock({ recoveryKey });
  const offered = await second.newRecoveryKey({ current: PASSPHRASE });
  await second.rekey({ current: PASSPHRASE, passphrase: 'another long passphrase', recoveryKey: offered });
  expect(told(second)).toStrictEqual([
    ['records.created', 'Dr Example'],
    ['records.locked', 'Dr Example'],
    ['records.unlock-failed', 'Dr Example', 'passphrase'],
    ['records.unlocked', 'Dr Example', 'recovery-key'],
    ['secret.created', 'Dr Example', expect.stringContaining('former record key')],
    ['records.rekeyed', 'Dr Example', 'new'],
  ]);
  expect(existsSync(join(folder, 'audit-waiting.jsonl'))).toBe(false);
});

test('what is done before there is a history stands in it once there is one', async () => {
  const vault = vaultIn(temporaryFolder());
  await vault.start();
  vault.note({ action: 'model.installed', caseId: null, detail: { model: { id: 'm', version: '1' } } });
  await vault.create({ passphrase: PASSPHRASE });
  expect(told(vault)).toStrictEqual([
    ['model.installed', 'Dr Example', 'm 1'],
    ['records.created', 'Dr Example'],
  ]);
});
