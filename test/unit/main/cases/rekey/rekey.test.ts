import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { BackupService } from '../../../../../src/main/cases/backup/backup-service.ts';
import { Vault, type VaultOptions } from '../../../../../src/main/cases/vault.ts';
import { temporaryFolder } from '../../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from '../fake-keychain.ts';
import { sampleCase } from '../sample-case.ts';

// Every wrapping costs half a second of all that a core has, on purpose; more where others use the core.
vi.setConfig({ testTimeout: 120_000 });

/** What is told of each call that changes the disk, and what may fail in its place. */
const disk = vi.hoisted(() => ({ afterEach: undefined as (() => void) | undefined, calls: 0, failAt: 0 }));

vi.mock('node:fs', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs')>();
  const watched =
    <A extends unknown[], R>(call: (...args: A) => R, needsRoom = true) =>
    (...args: A): R => {
      if (!disk.afterEach && !disk.failAt) return call(...args);
      if (needsRoom) disk.calls += 1;
      if (needsRoom && disk.calls === disk.failAt) throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
      const result = call(...args);
      disk.afterEach?.();
      return result;
    };
  return {
    ...fs,
    renameSync: watched(fs.renameSync),
    writeFileSync: watched(fs.writeFileSync as (...args: unknown[]) => void),
    fsyncSync: watched(fs.fsyncSync),
    rmSync: watched(fs.rmSync, false),
    chmodSync: watched(fs.chmodSync, false),
  };
});

const PASSPHRASE = 'a long enough passphrase';
const NEXT = 'another long passphrase';
const code = (expected: string) => expect.objectContaining({ code: expected });

const vaultIn = (folder: string, options: Omit<VaultOptions, 'folder'> = {}): Vault => {
  const vault = new Vault({ folder, actor: () => 'Dr Example', ...options });
  onTestFinished(() => vault.close());
  return vault;
};

/** An open history with one case. */
const opened = async (options: Omit<VaultOptions, 'folder'>, passphrase?: string) => {
  const folder = temporaryFolder();
  const vault = vaultIn(folder, options);
  await vault.start();
  const { recoveryKey } = await vault.create({ passphrase });
  const { id } = vault.store().save(sampleCase(), 'a');
  return { folder, vault, recoveryKey, id, keysFile: join(folder, 'keys.json') };
};

const rekey = async (vault: Vault, given: { current?: string; passphrase?: string } = {}, copying = {}) => {
  const recoveryKey = await vault.newRecoveryKey(given);
  const status = await vault.rekey({ ...given, recoveryKey }, copying);
  return { recoveryKey, status };
};

/** What opens the folder, tried on copies of it: nothing of the folder changes. */
const opens = async (folder: string, secrets: Parameters<Vault['unlock']>[0]): Promise<string> => {
  const copy = mkdtempSync(join(tmpdir(), 'haicast-rekey-'));
  cpSync(folder, copy, { recursive: true });
  const vault = new Vault({ folder: copy });
  try {
    await vault.start();
    const status = await vault.unlock(secrets);
    return status.state === 'open' ? `open, ${vault.store().verify().intact ? status.cases : 'altered'}` : status.state;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    vault.close();
    rmSync(copy, { recursive: true, force: true });
  }
};

describe('a new passphrase', () => {
  test('makes the old passphrase, the old key file and the old recovery key useless', async () => {
    const { folder, vault, recoveryKey, id, keysFile } = await opened({}, PASSPHRASE);
    const oldKeys = readFileSync(keysFile);
    const { recoveryKey: newKey, status } = await rekey(vault, { current: PASSPHRASE, passphrase: NEXT });
    expect(status).toMatchObject({ state: 'open', cases: 1 });
    expect(vault.store().get(id).id).toBe(id);
    expect(await vault.store().check({ scope: 'whole', actor: 'a' })).toMatchObject({ intact: true });
    vault.close();
    expect(readdirSync(folder).filter((name) => name.includes('rekeyed'))).toStrictEqual([]);
    expect([
      await opens(folder, { passphrase: PASSPHRASE }),
      await opens(folder, { recoveryKey }),
      await opens(folder, { passphrase: NEXT }),
      await opens(folder, { recoveryKey: newKey }),
    ]).toStrictEqual(['passphrase-wrong', 'recovery-key-wrong', 'open, 1', 'open, 1']);
    // Whoever kept a copy of the old file and knows what opened it.
    writeFileSync(keysFile, oldKeys);
    expect([
      await opens(folder, { passphrase: PASSPHRASE }),
      await opens(folder, { recoveryKey }),
      await opens(folder, { recoveryKey: newKey }),
    ]).toStrictEqual(['keys-of-another-time', 'recovery-key-wrong', 'open, 1']);
  });

  test('needs the present one, and the recovery key that was shown last; both leave everything as it was', async () => {
    const { folder, vault, recoveryKey, keysFile } = await opened({}, PASSPHRASE);
    const [keys, records] = [readFileSync(keysFile), readFileSync(join(folder, 'records.db'))];
    await expect(vault.newRecoveryKey({ current: 'not this one' })).rejects.toThrow(code('passphrase-wrong'));
    const first = await vault.newRecoveryKey({ current: PASSPHRASE });
    const second = await vault.newRecoveryKey({ current: PASSPHRASE });
    const change = { current: PASSPHRASE, passphrase: NEXT };
    await expect(vault.rekey({ ...change, recoveryKey: first })).rejects.toThrow(code('recovery-key-outdated'));
    await expect(vault.rekey({ ...change, recoveryKey })).rejects.toThrow(code('recovery-key-outdated'));
    await expect(vault.rekey({ ...change, passphrase: 'short', recoveryKey: second })).rejects.toThrow(
      code('passphrase-too-short'),
    );
    expect(readFileSync(keysFile)).toStrictEqual(keys);
    const entries = vault
      .store()
      .audit()
      .entries.map(({ action }) => action);
    expect(entries).toStrictEqual(['records.created', 'case.created', 'records.rekey-refused']);
    vault.close();
    expect(readFileSync(join(folder, 'records.db'))).not.toStrictEqual(records);
    expect(await opens(folder, { recoveryKey })).toBe('open, 1');
  });
});

test('the recovery key is made anew where a keychain keeps the key, which opens the history as before', async () => {
  const { folder, vault, recoveryKey } = await opened({ keychain: fakeKeychain() });
  const { recoveryKey: newKey } = await rekey(vault);
  expect(
    vault
      .store()
      .audit()
      .entries.map(({ action, actor }) => [action, actor]),
  ).toStrictEqual([
    ['records.created', 'Dr Example'],
    ['case.created', 'a'],
    ['secret.created', 'Dr Example'],
    ['records.rekeyed', 'Dr Example'],
  ]);
  vault.close();
  expect((await vaultIn(folder, { keychain: fakeKeychain() }).start()).status).toMatchObject({
    state: 'open',
    cases: 1,
  });
  expect([await opens(folder, { recoveryKey }), await opens(folder, { recoveryKey: newKey })]).toStrictEqual([
    'recovery-key-wrong',
    'open, 1',
  ]);
});

test('what is saved meanwhile is not lost: the key stays then, and the next try changes it', async () => {
  const { vault, folder, recoveryKey } = await opened({ keychain: fakeKeychain() });
  let saved = 0;
  const onStep = () => {
    if (saved++ === 0) vault.store().save(sampleCase(), 'a');
  };
  await expect(rekey(vault, {}, { onStep })).rejects.toThrow(code('records-busy'));
  expect(vault.status()).toMatchObject({ state: 'open', cases: 2 });
  expect(await opens(folder, { recoveryKey })).toBe('open, 2');
  await rekey(vault);
  expect(vault.status()).toMatchObject({ state: 'open', cases: 2 });
  expect(await opens(folder, { recoveryKey })).toBe('recovery-key-wrong');
});

test('cancelled, it leaves nothing behind and everything as it was', async () => {
  const { vault, folder, recoveryKey } = await opened({ keychain: fakeKeychain() });
  const before = readdirSync(folder).sort();
  const stop = new AbortController();
  await expect(rekey(vault, {}, { signal: stop.signal, onStep: () => stop.abort() })).rejects.toThrow();
  expect(
    readdirSync(folder)
      .filter((name) => !name.startsWith('records.db-'))
      .sort(),
  ).toStrictEqual(before.filter((name) => !name.startsWith('records.db-')));
  expect(await opens(folder, { recoveryKey })).toBe('open, 1');
});

describe('ended at any moment', () => {
  test('the history has its old key or its new one, and its cases', async () => {
    const { vault, folder, recoveryKey } = await opened({ keychain: fakeKeychain() });
    const moments = temporaryFolder();
    let moment = 0;
    const keep = () => {
      disk.afterEach = undefined;
      cpSync(folder, join(moments, String(++moment)), { recursive: true });
      disk.afterEach = keep;
    };
    const offered = await vault.newRecoveryKey({});
    disk.afterEach = keep;
    try {
      await vault.rekey({ recoveryKey: offered }, { onStep: keep });
    } finally {
      disk.afterEach = undefined;
    }
    const found = new Set<string>();
    for (let n = 1; n <= moment; n++) {
      const at = join(moments, String(n));
      const [old, fresh] = [await opens(at, { recoveryKey }), await opens(at, { recoveryKey: offered })];
      found.add([old, fresh].join(' / '));
      // The next start, with nobody to type anything.
      const next = new Vault({ folder: at, keychain: fakeKeychain() });
      expect((await next.start()).status, `moment ${n}`).toMatchObject({ state: 'open', cases: 1 });
      expect(next.store().verify(), `moment ${n}`).toStrictEqual({ intact: true });
      next.close();
      expect(readdirSync(at).filter((name) => name.includes('rekeyed'))).toStrictEqual([]);
      expect(readFileSync(join(at, 'keys.json'), 'utf8'), `moment ${n}`).not.toContain('"next"');
    }
    expect(moment).toBeGreaterThan(8);
    expect([...found]).toStrictEqual(['open, 1 / recovery-key-wrong', 'recovery-key-wrong / open, 1']);
  });

  test('by a full disk, it is told, and the history stays open with the key that holds', async () => {
    let failed = 0;
    for (let n = 1; n < 40; n++) {
      const { vault, folder, recoveryKey } = await opened({ keychain: fakeKeychain() });
      const offered = await vault.newRecoveryKey({});
      Object.assign(disk, { calls: 0, failAt: n });
      const refused = await vault.rekey({ recoveryKey: offered }).then(
        () => false,
        (error: unknown) => (error as { code: string }).code,
      );
      const { calls } = disk;
      Object.assign(disk, { calls: 0, failAt: 0 });
      if (refused) failed += 1;
      if (refused) expect(refused, `call ${n}`).toBe('disk-full');
      expect(vault.status(), `call ${n}`).toMatchObject({ state: 'open', cases: 1 });
      vault.store().save(sampleCase(), 'a');
      vault.close();
      expect(await opens(folder, { recoveryKey: refused ? recoveryKey : offered }), `call ${n}`).toBe('open, 2');
      if (calls < n) break;
    }
    expect(failed).toBeGreaterThan(3);
  });
});

describe('backups of before', () => {
  test('are restored under the present key, each of its own day, and later ones stay readable', async () => {
    const { vault, folder, recoveryKey, id } = await opened({ keychain: fakeKeychain() });
    let now = new Date('2026-05-04T08:00:00.000Z');
    const backups = new BackupService({ vault, dataFolder: folder, now: () => now, changed: () => {} });
    const make = async (at: string) => {
      now = new Date(at);
      const made = await backups.make();
      const [status] = (await backups.status()).backups;
      const path = join(folder, 'backups', made.name);
      const expected = JSON.parse(readFileSync(join(path, 'backup.json'), 'utf8'));
      return { path, expected, cases: status?.cases };
    };
    const first = await make('2026-05-04T08:00:00.000Z');
    await rekey(vault);
    const second = vault.store().save(sampleCase(), 'a').id;
    const later = await make('2026-05-05T08:00:00.000Z');
    const { recoveryKey: present } = await rekey(vault);

    expect(await vault.lossOf(first.path, first.expected)).toStrictEqual({ newCases: 1, changedCases: 0 });
    expect(await vault.restore(first.path, first.expected, { made: 'then' })).toMatchObject({
      state: 'open',
      cases: 1,
    });
    expect(vault.store().get(id).id).toBe(id);
    // What the backup's own day opened it with opens nothing here.
    expect([await opens(folder, { recoveryKey }), await opens(folder, { recoveryKey: present })]).toStrictEqual([
      'recovery-key-wrong',
      'open, 1',
    ]);
    expect(await vault.restore(later.path, later.expected, { made: 'then' })).toMatchObject({
      state: 'open',
      cases: 2,
    });
    expect(vault.store().get(second).id).toBe(second);
    expect(vault.store().verify()).toStrictEqual({ intact: true });
  });

  test('open by themselves with what opened the history then', async () => {
    const { vault, folder, recoveryKey } = await opened({ keychain: fakeKeychain() });
    const backups = new BackupService({ vault, dataFolder: folder, changed: () => {} });
    const { name } = await backups.make();
    await rekey(vault);
    expect(existsSync(join(folder, 'backups', name, 'keys.json'))).toBe(true);
    expect(await opens(join(folder, 'backups', name), { recoveryKey })).toBe('open, 1');
  });
});

test('a change of the key whose rest cannot be cleared away says what failed, as other changes of the records do', async () => {
  const { vault, folder } = await opened({ keychain: fakeKeychain() });
  const recoveryKey = await vault.newRecoveryKey({});
  mkdirSync(join(folder, 'records.db.rekeyed-check'));
  await expect(vault.rekey({ recoveryKey })).rejects.toMatchObject({ name: 'AppError', code: 'records-failed' });
  expect(vault.status()).toMatchObject({ state: 'open', cases: 1 });
  vault.close();
});
