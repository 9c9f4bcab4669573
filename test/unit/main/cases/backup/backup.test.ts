import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BackupService } from '../../../../../src/main/cases/backup/backup-service.ts';
import { verifyCopy } from '../../../../../src/main/cases/backup/verify-copy.ts';
import { RecordsStore } from '../../../../../src/main/cases/records-store.ts';
import { Vault } from '../../../../../src/main/cases/vault.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from '../fake-keychain.ts';
import { sampleCase } from '../sample-case.ts';
import { openStore } from '../temporary-store.ts';
import { TEST_KEY } from '../test-key.ts';

vi.mock('node:crypto', async (original) => (await import('../quick-crypto.ts')).quickCrypto(original));

const kept = async () => {
  const dataFolder = temporaryFolder();
  const vault = new Vault({ folder: dataFolder, keychain: fakeKeychain() });
  onTestFinished(() => vault.close());
  await vault.start();
  await vault.create({});
  let now = new Date('2026-05-04T08:00:00.000Z');
  const backups = new BackupService({ vault, dataFolder, now: () => now, changed: () => {} });
  return { dataFolder, vault, backups, at: (time: string) => (now = new Date(time)) };
};

describe('a copy of the history', () => {
  test('is that of one moment, and no save that comes meanwhile is lost or in it', async () => {
    const folder = temporaryFolder();
    const file = join(folder, 'records.db');
    const store = new RecordsStore({ file, key: TEST_KEY });
    const { id } = store.save(sampleCase(), 'a');
    const target = join(folder, 'copy.db');
    const copying = store.copyTo(target, {
      onStep: () => store.save(sampleCase({ caseId: id, note: 'meanwhile' }), 'a'),
    });
    store.save(sampleCase(), 'a');
    const copied = await copying;
    expect(copied).toMatchObject({ through: 1, cases: 1 });
    await verifyCopy(target, TEST_KEY, copied);
    const copy = openStore(target);
    expect(copy.list().total).toBe(1);
    expect(copy.get(id).note).toBe('seen at the tumour board');
    expect(copy.verify()).toStrictEqual({ intact: true });
    // The log was emptied after it, and is bound to the file again.
    store.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
    const again = openStore(file);
    expect([again.list().total, again.get(id).note, again.recovered]).toStrictEqual([2, 'meanwhile', false]);
    if (process.platform !== 'win32') expect(statSync(target).mode & 0o777).toBe(0o600);
  });

  test('with one wrong bit does not count', async () => {
    const folder = temporaryFolder();
    const store = openStore(join(folder, 'records.db'));
    store.save(sampleCase(), 'a');
    const target = join(folder, 'copy.db');
    const copied = await store.copyTo(target);
    const refused = { code: 'backup-damaged' };
    await expect(verifyCopy(target, TEST_KEY, { ...copied, hash: 'x' })).rejects.toMatchObject(refused);
    await expect(verifyCopy(target, TEST_KEY, { ...copied, cases: 2 })).rejects.toMatchObject(refused);
    const handle = openSync(target, 'r+');
    const byte = readFileSync(target)[9_000] ?? 0;
    writeSync(handle, new Uint8Array([byte ^ 4]), 0, 1, 9_000);
    closeSync(handle);
    await expect(verifyCopy(target, TEST_KEY, copied)).rejects.toMatchObject(refused);
  });
});

test('the check of a copy ends where it is told to', async () => {
  const folder = temporaryFolder();
  const store = openStore(join(folder, 'records.db'));
  store.save(sampleCase(), 'a');
  const target = join(folder, 'copy.db');
  const copied = await store.copyTo(target);
  const controller = new AbortController();
  const steps: number[] = [];
  const onStep = ({ done, total }: { done: number; total: number }) => {
    steps.push(done / total);
    controller.abort(new Error('enough'));
  };
  const checking = verifyCopy(target, TEST_KEY, copied, { signal: controller.signal, onStep });
  await expect(checking).rejects.toThrow('enough');
  expect(steps).toHaveLength(1);
});

describe('a backup', () => {
  test('is made once a day, holds file and keys, and can be read with the key alone', async () => {
    const { dataFolder, vault, backups, at } = await kept();
    await backups.makeIfDue();
    expect((await backups.status()).backups).toStrictEqual([]);
    vault.store().save(sampleCase(), 'a');
    expect(await backups.status()).toMatchObject({ isMissed: true, isOnSameDisk: true });
    await backups.makeIfDue();
    at('2026-05-04T20:00:00.000Z');
    await backups.makeIfDue();
    const first = await backups.status();
    expect(first).toMatchObject({ isMissed: false, backups: [{ name: 'haicast-2026-05-04T080000Z', cases: 1 }] });
    expect(readdirSync(join(dataFolder, 'backups', 'haicast-2026-05-04T080000Z')).sort()).toStrictEqual([
      'backup.json',
      'keys.json',
      'records.db',
    ]);
    at('2026-05-05T08:00:00.000Z');
    await backups.makeIfDue();
    expect((await backups.status()).backups.map(({ name }) => name)).toStrictEqual([
      'haicast-2026-05-05T080000Z',
      'haicast-2026-05-04T080000Z',
    ]);
    expect(vault.store().auditPage({ action: 'backup.made' }).entries).toHaveLength(2);
    at('2026-05-08T08:00:00.000Z');
    expect(await backups.status()).toMatchObject({ isMissed: true });
  });

  test.each<[string, (vault: Vault) => void]>([
    [
      'users alone',
      (vault) => {
        const password = { kdf: 'scrypt', N: 2 ** 14, r: 1, p: 1, salt: 'AAAA', hash: 'AAAA' } as const;
        vault.store().users.add({ name: 'Ada', role: 'administrator', password }, 'a');
      },
    ],
    ['a case in the trash', (vault) => vault.store().trash(vault.store().save(sampleCase(), 'a').id, 'a')],
    [
      'a case that was erased',
      (vault) => {
        const { id } = vault.store().save(sampleCase(), 'a');
        vault.store().trash(id, 'a');
        vault.store().erase(id, 'request', 'a');
      },
    ],
  ])('is due where the list is empty and there are %s', async (_what, keep) => {
    const { vault, backups } = await kept();
    keep(vault);
    expect(await backups.status()).toMatchObject({ isMissed: true });
    await backups.makeIfDue();
    expect((await backups.status()).backups).toHaveLength(1);
  });

  test('that cannot be made says so until one is, and leaves nothing half', async () => {
    const { dataFolder, vault, backups } = await kept();
    vault.store().save(sampleCase(), 'a');
    const place = join(dataFolder, 'a file and no folder');
    writeFileSync(place, '');
    backups.choose(place);
    await expect(backups.make()).rejects.toMatchObject({ code: 'backup-failed' });
    expect(await backups.status()).toMatchObject({ isMissed: true, problem: 'backup-failed' });
    expect(vault.store().auditPage({ action: 'backup.failed' }).entries).toHaveLength(1);
    const elsewhere = temporaryFolder();
    backups.choose(elsewhere);
    await backups.make();
    expect(readdirSync(elsewhere)).toStrictEqual(['haicast-2026-05-04T080000Z']);
    const status = await backups.status();
    expect([status.isMissed, status.problem, status.isOnSameDisk]).toStrictEqual([false, undefined, false]);
  });

  test('that is being made when haicast ends is given up, leaves nothing, and is no failure', async () => {
    const { vault, backups } = await kept();
    vault.store().save(sampleCase(), 'a');
    const making = backups.makeIfDue();
    await backups.close();
    await making;
    expect(existsSync(backups.folder) ? readdirSync(backups.folder) : []).toStrictEqual([]);
    expect((await backups.status()).problem).toBeUndefined();
    expect(vault.store().auditPage({ action: 'backup.failed' }).entries).toStrictEqual([]);
  });

  test('that was ended in the middle is cleared away by a later one, and one of today is left alone', async () => {
    const { vault, backups } = await kept();
    vault.store().save(sampleCase(), 'a');
    for (const day of ['02', '04']) {
      mkdirSync(join(backups.folder, `.incoming-haicast-2026-05-${day}T070000Z`), { recursive: true });
    }
    await backups.make();
    expect(readdirSync(backups.folder).sort()).toStrictEqual([
      '.incoming-haicast-2026-05-04T070000Z',
      'haicast-2026-05-04T080000Z',
    ]);
  });

  test('that is asked for while one is being made is refused, and no failure of backups', async () => {
    const { vault, backups } = await kept();
    vault.store().save(sampleCase(), 'a');
    const [first, second] = await Promise.allSettled([backups.make(), backups.make()]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'backup-under-way' } });
    expect(vault.store().auditPage({ action: 'backup.failed' }).entries).toStrictEqual([]);
    expect((await backups.status()).problem).toBeUndefined();
  });

  test('in a folder whose name begins like that of the data folder is not on the same disk for that', async () => {
    const { dataFolder, vault } = await kept();
    const onDisk = async (fixedFolder: string) =>
      (await new BackupService({ vault, dataFolder, fixedFolder, changed: () => {} }).status()).isOnSameDisk;
    expect(
      await Promise.all([dataFolder, join(dataFolder, 'b'), `${dataFolder}-b`, join(dataFolder, '..')].map(onDisk)),
    ).toStrictEqual([true, true, false, false]);
  });

  test('in a folder of the workstation is made there, whatever a person chooses', async () => {
    const { dataFolder, vault } = await kept();
    const fixedFolder = temporaryFolder();
    const backups = new BackupService({ vault, dataFolder, fixedFolder, changed: () => {} });
    expect(() => backups.choose('/elsewhere')).toThrow(expect.objectContaining({ code: 'setting-managed' }));
    expect(backups.folder).toBe(fixedFolder);
  });
});

describe('a restore', () => {
  test('says what would be lost, then puts the backup in place and keeps what it replaced', async () => {
    const { dataFolder, vault, backups } = await kept();
    const { id } = vault.store().save(sampleCase(), 'a');
    const seen = vault.store().save(sampleCase(), 'a');
    const { name } = await backups.make();
    vault.store().save(sampleCase({ caseId: id, note: 'later' }), 'a');
    vault.store().save(sampleCase(), 'a');
    vault.store().record({ action: 'case.opened', caseId: seen.id, detail: {} }, 'a');
    const folder = join(backups.folder, name);
    const [backup] = (await backups.status()).backups;
    const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as {
      through: number;
      hash: string;
      cases: number;
    };
    expect(backup).toMatchObject({ name, cases: 2 });
    expect(await vault.lossOf(folder, manifest)).toStrictEqual({ newCases: 1, changedCases: 1 });
    expect(await vault.restore(folder, manifest, { made: '2026-05-04T08:00:00.000Z' })).toMatchObject({
      state: 'open',
      cases: 2,
    });
    expect(vault.store().get(id).note).toBe('seen at the tumour board');
    expect(vault.store().audit().entries.at(-1)).toMatchObject({
      action: 'records.restored',
      detail: { made: '2026-05-04T08:00:00.000Z', newCases: 1, changedCases: 1 },
    });
    expect(vault.store().verify()).toStrictEqual({ intact: true });
    const replaced = readdirSync(dataFolder).filter((one) => one.startsWith('records.db.replaced-'));
    expect(replaced).toHaveLength(1);
  });

  test('does not bring back what was erased after the backup', async () => {
    const { vault, backups } = await kept();
    const { id } = vault.store().save(sampleCase(), 'a');
    vault.store().save(sampleCase(), 'a');
    const { name } = await backups.make();
    vault.store().trash(id, 'a');
    vault.store().erase(id, 'request', 'a');
    const folder = join(backups.folder, name);
    const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as never;
    await vault.restore(folder, manifest, { made: 'then' });
    expect(() => vault.store().get(id)).toThrow(expect.objectContaining({ code: 'case-not-found' }));
    expect(vault.store().tombstones).toMatchObject([{ case_id: id, reason: 'request' }]);
    expect(vault.store().count()).toBe(1);
    expect(vault.store().verify()).toStrictEqual({ intact: true });
  });

  test('of an old backup does not forget what was erased since: a later one brings nothing of it back', async () => {
    const { vault, backups, at } = await kept();
    vault.store().save(sampleCase(), 'a');
    const before = await backups.make();
    const { id } = vault.store().save(sampleCase(), 'a');
    at('2026-05-05T08:00:00.000Z');
    const withIt = await backups.make();
    vault.store().trash(id, 'a');
    vault.store().erase(id, 'request', 'a');
    for (const { name } of [before, withIt]) {
      const folder = join(backups.folder, name);
      const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as never;
      await vault.restore(folder, manifest, { made: 'then' });
      expect(vault.store().tombstones).toMatchObject([{ case_id: id, reason: 'request' }]);
      expect(vault.store().count()).toBe(1);
      expect(vault.store().verify()).toStrictEqual({ intact: true });
    }
  });

  test("that was cut off leaves nothing once the history is open again; before that it may be another program's", async () => {
    const folder = temporaryFolder();
    const options = { folder, keychain: undefined };
    const first = new Vault(options);
    await first.start();
    await first.create({ passphrase: 'a long enough passphrase' });
    first.close();
    const left = ['incoming', 'incoming-wal', 'incoming-check', 'rekeyed', 'mending', 'salvaged'];
    for (const name of left) writeFileSync(join(folder, `records.db.${name}`), 'a history');
    const there = () => left.filter((name) => existsSync(join(folder, `records.db.${name}`)));

    const vault = new Vault(options);
    onTestFinished(() => vault.close());
    await vault.start();
    expect([vault.status().state, there()]).toStrictEqual(['locked', left]);
    await vault.unlock({ passphrase: 'a long enough passphrase' });
    expect([vault.status().state, there()]).toStrictEqual(['open', []]);
  });

  test('keeps the users of now: it turns no signing in off, and brings back no password and nobody who was disabled', async () => {
    const { vault, backups, at } = await kept();
    vault.store().save(sampleCase(), 'a');
    const before = await backups.make();
    const hash = (text: string) => ({ kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1, salt: 'AAAA', hash: text }) as const;
    const { users } = vault.store();
    users.add({ name: 'Ada', role: 'administrator', password: hash('AAAA') }, 'a');
    const rui = users.add({ name: 'Rui', role: 'reader', password: hash('BBBB') }, 'a');
    at('2026-05-05T08:00:00.000Z');
    const enabled = await backups.make();
    users.change(rui.id, { disabled: true, password: hash('CCCC') }, 'a');
    const now = users.rows();
    for (const { name } of [before, enabled]) {
      const folder = join(backups.folder, name);
      const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as never;
      await vault.restore(folder, manifest, { made: 'then' });
      expect([vault.hasUsers(), vault.store().users.rows()]).toStrictEqual([true, now]);
      expect(vault.store().verify()).toStrictEqual({ intact: true });
    }
  });

  test('into a history that is closed for a moment waits for it, and knows what was erased, who signs in and which keys there were', async () => {
    const { dataFolder, vault, backups } = await kept();
    const { id } = vault.store().save(sampleCase(), 'a');
    vault.store().save(sampleCase(), 'a');
    const { name } = await backups.make();
    vault.store().trash(id, 'a');
    vault.store().erase(id, 'request', 'a');
    const password = { kdf: 'scrypt', N: 2 ** 17, r: 8, p: 1, salt: 'AAAA', hash: 'AAAA' } as const;
    vault.store().users.add({ name: 'Ada', role: 'administrator', password }, 'a');
    await vault.rekey({ recoveryKey: await vault.newRecoveryKey({}) });
    const folder = join(backups.folder, name);
    const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as never;
    // Mending lets go of the file, and finds it in the hands of another program where it would open it again.
    const mending = vault.salvage('a');
    const other = new Vault({ folder: dataFolder, keychain: fakeKeychain() });
    await other.start();
    await expect(mending).rejects.toThrow();
    const restore = () => vault.restore(folder, manifest, { made: 'then' });
    for (const work of [restore, () => vault.lossOf(folder, manifest)])
      await expect(work()).rejects.toMatchObject({ code: 'records-in-use' });
    other.close();

    await restore();
    expect(vault.store().tombstones).toMatchObject([{ case_id: id }]);
    expect([vault.store().count(), vault.hasUsers()]).toStrictEqual([1, true]);
    expect(vault.store().verify()).toStrictEqual({ intact: true });
  });

  test('takes the place of a history that went to pieces while it was open', async () => {
    const { dataFolder, vault, backups } = await kept();
    const { id } = vault.store().save(sampleCase(), 'a');
    const { name } = await backups.make();
    const folder = join(backups.folder, name);
    const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as never;
    const file = join(dataFolder, 'records.db');
    writeFileSync(file, Buffer.alloc(readFileSync(file).length));
    expect(await vault.store().check({ scope: 'whole', actor: 'a' })).toMatchObject({ intact: false });
    expect(vault.status()).toMatchObject({ state: 'open', code: 'records-damaged' });
    expect(await vault.lossOf(folder, manifest)).toBeUndefined();
    await vault.restore(folder, manifest, { made: 'then' });
    expect(vault.status()).not.toHaveProperty('code');
    expect(vault.store().get(id).id).toBe(id);
    expect(vault.store().verify()).toStrictEqual({ intact: true });
  });

  test('of a damaged backup is refused and changes nothing', async () => {
    const { vault, backups } = await kept();
    vault.store().save(sampleCase(), 'a');
    const { name } = await backups.make();
    const folder = join(backups.folder, name);
    const { id } = vault.store().save(sampleCase(), 'a');
    const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as never;
    const bytes = readFileSync(join(folder, 'records.db'));
    bytes.fill(0, 5_000, 5_010);
    writeFileSync(join(folder, 'records.db'), bytes);
    await expect(vault.restore(folder, manifest, { made: 'then' })).rejects.toMatchObject({ code: 'backup-damaged' });
    expect(vault.store().get(id).id).toBe(id);
  });

  test.each([
    ['in the log', (bytes: Buffer) => bytes.fill(0, bytes.length - 30_000, bytes.length - 10_000)],
    ['so much that it is not opened', (bytes: Buffer) => bytes.fill(0, 0, 100)],
  ])('puts a backup in the place of a history that is damaged %s', async (_what, damage) => {
    const { dataFolder, vault, backups } = await kept();
    const { id } = vault.store().save(sampleCase(), 'a');
    const { name } = await backups.make();
    vault.close();
    const file = join(dataFolder, 'records.db');
    writeFileSync(file, damage(readFileSync(file)));
    writeFileSync(`${file}-check`, '');
    const again = new Vault({ folder: dataFolder, keychain: fakeKeychain() });
    onTestFinished(() => again.close());
    await again.start();
    expect(again.status().code).toMatch(/^records-(damaged|corrupt)$/);
    const folder = join(backups.folder, name);
    const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as never;
    expect(await again.lossOf(folder, manifest)).toBeUndefined();
    const status = await again.restore(folder, manifest, { made: 'then' });
    expect([status.state, status.code]).toStrictEqual(['open', undefined]);
    expect(again.store().get(id).id).toBe(id);
    expect(again.store().auditPage({ action: 'records.restored' }).entries).toHaveLength(1);
    expect(again.store().verify()).toStrictEqual({ intact: true });
    expect(readdirSync(dataFolder).filter((one) => /^records\.db\.replaced-\d+$/.test(one))).toHaveLength(1);
  });

  test('that cannot be put in place leaves the history open as it is', async () => {
    const { dataFolder, vault, backups } = await kept();
    vault.store().save(sampleCase(), 'a');
    const { name } = await backups.make();
    const { id } = vault.store().save(sampleCase(), 'a');
    const folder = join(backups.folder, name);
    const manifest = JSON.parse(readFileSync(join(folder, 'backup.json'), 'utf8')) as never;
    const frozen = new Vault({ folder: dataFolder, keychain: fakeKeychain(), now: () => new Date(0) });
    onTestFinished(() => frozen.close());
    vault.close();
    await frozen.start();
    mkdirSync(join(dataFolder, `records.db.replaced-${new Date(0).toISOString().replace(/[^0-9]/g, '')}`));
    await expect(frozen.restore(folder, manifest, { made: 'then' })).rejects.toMatchObject({ code: 'records-failed' });
    expect(frozen.status().state).toBe('open');
    expect(frozen.store().get(id).id).toBe(id);
    expect(existsSync(join(dataFolder, 'records.db.incoming'))).toBe(false);
  });
});
