import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { HeldHistory } from '../../../../../src/main/cases/held-history.ts';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from '../fake-keychain.ts';
import { sampleCase } from '../sample-case.ts';

vi.mock('node:crypto', async (original) => (await import('../quick-crypto.ts')).quickCrypto(original));

const password = { kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1, salt: 'AAAA', hash: 'AAAA' } as const;

const vaultIn = (folder: string): Vault => {
  const vault = new Vault({ folder, keychain: fakeKeychain() });
  onTestFinished(() => vault.close());
  return vault;
};

/** An open history with one case, and a backup of it. */
const backedUp = async () => {
  const folder = temporaryFolder();
  const vault = vaultIn(folder);
  await vault.start();
  await vault.create({});
  const { id } = vault.store().save(sampleCase(), 'a');
  const backup = await vault.backup({ folder: join(folder, 'backups'), now: new Date('2026-05-04T08:00:00.000Z') });
  return { folder, vault, id, backup, path: join(folder, 'backups', backup.name) };
};

const replaced = (folder: string): string[] =>
  readdirSync(folder).filter((name) => name.startsWith('records.db.replaced-'));

describe('a history that another haicast has open', () => {
  test('is not replaced under it, and what is saved there goes on to be kept', async () => {
    const { folder, vault, id, backup, path } = await backedUp();
    const second = vaultIn(folder);
    expect((await second.start()).status).toMatchObject({ state: 'unavailable', code: 'records-in-use' });
    const refused = { code: 'records-in-use' };
    await expect(second.restore(path, backup, { made: backup.at })).rejects.toMatchObject(refused);
    await expect(second.salvage('a')).rejects.toMatchObject(refused);
    const later = vault.store().save(sampleCase(), 'a').id;
    vault.close();
    expect(await second.unlock({})).toMatchObject({ state: 'open', cases: 2 });
    expect([second.store().get(id).id, second.store().get(later).id]).toStrictEqual([id, later]);
    expect(readdirSync(folder).filter((name) => /^records\.db\..+/.test(name))).toStrictEqual([]);
  });

  test('and closed again gives its erasures and its users to the backup that takes its place', async () => {
    const { folder, vault, id, backup, path } = await backedUp();
    const second = vaultIn(folder);
    await second.start();
    vault.store().trash(id, 'a');
    vault.store().erase(id, 'request', 'a');
    vault.store().save(sampleCase(), 'a');
    vault.store().users.add({ name: 'Ada', role: 'administrator', password }, 'a');
    const users = vault.store().users.rows();
    vault.close();
    expect(second.status().state).toBe('unavailable');
    expect(await second.restore(path, backup, { made: backup.at })).toMatchObject({ state: 'open', cases: 0 });
    expect(second.store().tombstones).toMatchObject([{ case_id: id }]);
    expect([second.hasUsers(), second.store().users.rows()]).toStrictEqual([true, users]);
    expect(second.store().audit().entries.at(-1)?.detail).toStrictEqual({
      made: backup.at,
      newCases: 1,
      changedCases: 0,
    });
    expect(second.store().verify()).toStrictEqual({ intact: true });
  });

  test('and closed again tells which key a backup of an earlier day is under, and what it would take away', async () => {
    const { folder, vault, id, backup, path } = await backedUp();
    await vault.rekey({ recoveryKey: await vault.newRecoveryKey({}) });
    const second = vaultIn(folder);
    await second.start();
    vault.close();
    expect(await second.lossOf(path, backup)).toStrictEqual({ newCases: 0, changedCases: 0 });

    const third = vaultIn(folder);
    await third.start();
    second.close();
    expect(await third.restore(path, backup, { made: backup.at })).toMatchObject({ state: 'open', cases: 1 });
    expect(third.store().get(id).id).toBe(id);
  });

  test('and given another key there is not replaced by one under the key of before', async () => {
    const { folder, vault, backup, path } = await backedUp();
    const second = vaultIn(folder);
    await second.start();
    await vault.rekey({ recoveryKey: await vault.newRecoveryKey({}) });
    const later = vault.store().save(sampleCase(), 'a').id;
    vault.close();
    const refused = { code: 'keys-of-another-time' };
    await expect(second.restore(path, backup, { made: backup.at })).rejects.toMatchObject(refused);
    await expect(second.salvage('a')).rejects.toMatchObject(refused);
    expect(await second.unlock({})).toMatchObject({ state: 'open', cases: 2 });
    expect(second.store().get(later).id).toBe(later);
  });
});

test('an error of the disk while the users of now are read changes nothing: no backup forgets them for that', async () => {
  const { folder, vault, backup, path } = await backedUp();
  const { users } = vault.store();
  users.add({ name: 'Ada', role: 'administrator', password }, 'a');
  vi.spyOn(users, 'rows').mockImplementationOnce(() => {
    throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
  });
  await expect(vault.restore(path, backup, { made: backup.at })).rejects.toMatchObject({ code: 'records-failed' });
  expect(vault.store().users.list()).toMatchObject([{ name: 'Ada' }]);
  expect(replaced(folder)).toStrictEqual([]);
});

test('a backup that is in its place is never told as refused: where it cannot be opened now, the status says why', async () => {
  const { folder, vault, backup, path } = await backedUp();
  vault.store().save(sampleCase(), 'a');
  vi.spyOn(HeldHistory.prototype, 'open').mockImplementationOnce(() => {
    throw Object.assign(new Error('read-only'), { code: 'EACCES' });
  });
  expect(await vault.restore(path, backup, { made: backup.at })).toMatchObject({
    state: 'unavailable',
    code: 'records-read-only',
  });
  expect(replaced(folder)).toHaveLength(1);
  expect(await vault.unlock({})).toMatchObject({ state: 'open', cases: 1 });
});

test('a history that was mended is never told as refused: where it cannot be opened now, the status says why', async () => {
  const { vault, id } = await backedUp();
  vi.spyOn(HeldHistory.prototype, 'open').mockImplementationOnce(() => {
    throw Object.assign(new Error('read-only'), { code: 'EACCES' });
  });
  expect(await vault.salvage('a')).toStrictEqual({ kept: 1, lost: [] });
  expect(vault.status()).toMatchObject({ state: 'unavailable', code: 'records-read-only' });
  await vault.unlock({});
  expect(vault.store().get(id).id).toBe(id);
});

test('a whole backup of an earlier key is not called damaged where the history is too damaged to know that key', async () => {
  const { folder, vault, backup, path } = await backedUp();
  await vault.rekey({ recoveryKey: await vault.newRecoveryKey({}) });
  vault.close();
  const file = join(folder, 'records.db');
  const damaged = readFileSync(file).fill(0, 0, 100);
  writeFileSync(file, damaged);
  const again = vaultIn(folder);
  expect((await again.start()).status.code).toBe('records-corrupt');
  const refused = { code: 'backup-of-another-key' };
  await expect(again.lossOf(path, backup)).rejects.toMatchObject(refused);
  await expect(again.restore(path, backup, { made: backup.at })).rejects.toMatchObject(refused);
  expect(readFileSync(file).equals(damaged)).toBe(true);
  expect(existsSync(`${file}.incoming`)).toBe(false);
});
