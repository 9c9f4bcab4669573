import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { HeldHistory } from '../../../../src/main/cases/held-history.ts';
import { Vault, type VaultOptions } from '../../../../src/main/cases/vault.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { fakeKeychain } from './fake-keychain.ts';
import { sampleCase } from './sample-case.ts';

vi.mock('node:crypto', async (original) => (await import('./quick-crypto.ts')).quickCrypto(original));

// Every wrapping costs half a second of all that a core has, on purpose; more where others use the core.
vi.setConfig({ testTimeout: 60_000 });

const PASSPHRASE = 'a long enough passphrase';

const vaultIn = (folder: string, options: Omit<VaultOptions, 'folder'> = {}): Vault => {
  const vault = new Vault({ folder, ...options });
  onTestFinished(() => vault.close());
  return vault;
};

/** A store with one case in it, closed again. */
const keptStore = async (options: Omit<VaultOptions, 'folder'>, passphrase?: string) => {
  const folder = temporaryFolder();
  const vault = vaultIn(folder, options);
  await vault.start();
  const { recoveryKey } = await vault.create({ passphrase });
  const { id } = vault.store().save(sampleCase(), 'a');
  vault.close();
  return { folder, recoveryKey, id };
};

const code = (expected: string) => expect.objectContaining({ code: expected });

describe('with a keychain', () => {
  test('a new store needs no passphrase, gives its recovery key once, and opens by itself the next time', async () => {
    const folder = temporaryFolder();
    const vault = vaultIn(folder, { keychain: fakeKeychain() });
    expect((await vault.start()).status).toMatchObject({ state: 'new', passphraseNeeded: false });
    const created = await vault.create({});
    expect(created.status).toMatchObject({ state: 'open', keeper: 'keychain', cases: 0 });
    expect(created.recoveryKey).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){8}[0-9A-HJKMNP-TV-Z]{4}$/);
    vault.close();
    const again = await vaultIn(folder, { keychain: fakeKeychain() }).start();
    expect(again).toStrictEqual({ status: { state: 'open', keeper: 'keychain', hasPassphrase: false, cases: 0 } });
  });

  test('that cannot be trusted no key is given to it: a passphrase is asked for', async () => {
    const vault = vaultIn(temporaryFolder(), { keychain: fakeKeychain('alice', 'only basic_text is offered') });
    expect((await vault.start()).status).toMatchObject({ state: 'new', passphraseNeeded: true });
    await expect(vault.create({})).rejects.toThrow(code('passphrase-required'));
    expect((await vault.create({ passphrase: PASSPHRASE })).status.keeper).toBe('passphrase');
  });

  test('that no longer holds the entry, the recovery key opens the store and gives the keychain the key again', async () => {
    const { folder, recoveryKey, id } = await keptStore({ keychain: fakeKeychain('alice') });
    const vault = vaultIn(folder, { keychain: fakeKeychain('somebody else') });
    expect((await vault.start()).status).toMatchObject({ state: 'locked', code: 'keychain-lost' });
    expect(() => vault.store()).toThrow(code('keychain-lost'));
    expect(await vault.unlock({ recoveryKey })).toMatchObject({ state: 'open', keeper: 'keychain' });
    expect(vault.store().get(id).id).toBe(id);
    vault.close();
    const next = await vaultIn(folder, { keychain: fakeKeychain('somebody else') }).start();
    expect(next.status.state).toBe('open');
  });

  test('that is not available for now, the store waits and opens when it is', async () => {
    const { folder } = await keptStore({ keychain: fakeKeychain() });
    let reason: string | undefined = 'the keyring is locked';
    const vault = vaultIn(folder, {
      keychain: { ...fakeKeychain(), available: () => (reason === undefined ? { ok: true } : { ok: false, reason }) },
    });
    expect((await vault.start()).status).toMatchObject({ state: 'locked', code: 'keychain-unavailable' });
    reason = undefined;
    expect(await vault.unlock({})).toMatchObject({ state: 'open', cases: 1 });
  });
});

describe('with a passphrase', () => {
  test('the store opens with the right one only', async () => {
    const { folder, id } = await keptStore({}, PASSPHRASE);
    const vault = vaultIn(folder);
    expect((await vault.start()).status).toMatchObject({
      state: 'locked',
      keeper: 'passphrase',
      code: 'passphrase-needed',
      passphraseNeeded: true,
    });
    await expect(vault.unlock({ passphrase: `${PASSPHRASE}.` })).rejects.toThrow(code('passphrase-wrong'));
    expect(() => vault.store()).toThrow(code('passphrase-needed'));
    expect(await vault.unlock({ passphrase: PASSPHRASE })).toMatchObject({ state: 'open', cases: 1 });
    expect(vault.store().get(id).id).toBe(id);
  });

  test('one spelling is enough, whichever way the system composes its letters', async () => {
    const { folder } = await keptStore({}, 'Prüfung-Prüfung'.normalize('NFC'));
    const vault = vaultIn(folder);
    await vault.start();
    expect((await vault.unlock({ passphrase: 'Prüfung-Prüfung'.normalize('NFD') })).state).toBe('open');
  });

  test('from the environment nobody is asked, neither the first time nor later', async () => {
    const folder = temporaryFolder();
    const vault = vaultIn(folder, { passphrase: PASSPHRASE });
    const first = await vault.start();
    expect(first.status.state).toBe('open');
    expect(first.recoveryKey).toMatch(/^\S{44}$/);
    vault.close();
    const second = await vaultIn(folder, { passphrase: PASSPHRASE }).start();
    expect(second.status.state).toBe('open');
    expect(second.recoveryKey).toBeUndefined();
    const wrong = await vaultIn(folder, { passphrase: 'another passphrase' }).start();
    expect(wrong.status).toMatchObject({ state: 'locked', code: 'passphrase-wrong' });
  });

  test('that is too short nothing is created', async () => {
    const folder = temporaryFolder();
    await expect(vaultIn(folder).create({ passphrase: 'short' })).rejects.toThrow(code('passphrase-too-short'));
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  test('neither it nor the key stands in the key file, which only its owner can read', async () => {
    const { folder, recoveryKey } = await keptStore({}, PASSPHRASE);
    const text = readFileSync(join(folder, 'keys.json'), 'utf8');
    expect(text).not.toContain(PASSPHRASE);
    expect(text).not.toContain(recoveryKey);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
  });
});

describe('locked by hand', () => {
  test('a history shows nothing until it is unlocked, and then all of it', async () => {
    const { folder, id } = await keptStore({ keychain: fakeKeychain() });
    const vault = vaultIn(folder, { keychain: fakeKeychain() });
    await vault.start();
    expect(await vault.lock()).toMatchObject({ state: 'locked', lockedByHand: true, passphraseNeeded: false });
    expect(() => vault.store()).toThrow(code('locked-by-hand'));
    expect(await vault.unlock({})).toMatchObject({ state: 'open' });
    expect(vault.store().get(id).id).toBe(id);
  });

  test('a history with a passphrase asks for it, also where the environment has it', async () => {
    const folder = temporaryFolder();
    const vault = vaultIn(folder, { passphrase: PASSPHRASE });
    await vault.start();
    await vault.lock();
    expect(await vault.unlock({})).toMatchObject({ state: 'locked', lockedByHand: true, passphraseNeeded: true });
    await expect(vault.unlock({ passphrase: 'not the passphrase' })).rejects.toThrow(code('passphrase-wrong'));
    expect(await vault.unlock({ passphrase: PASSPHRASE })).toMatchObject({ state: 'open' });
  });
});

describe('a passphrase', () => {
  test('is set beside a keychain, and opens the history where that is gone', async () => {
    const { folder } = await keptStore({ keychain: fakeKeychain() });
    const vault = vaultIn(folder, { keychain: fakeKeychain() });
    expect((await vault.start()).status).toMatchObject({ hasPassphrase: false });
    const recoveryKey = await vault.newRecoveryKey({});
    expect(await vault.rekey({ passphrase: PASSPHRASE, recoveryKey })).toMatchObject({ hasPassphrase: true });
    vault.close();
    const elsewhere = vaultIn(folder);
    await elsewhere.start();
    expect(await elsewhere.unlock({ passphrase: PASSPHRASE })).toMatchObject({ state: 'open', cases: 1 });
  });
});

describe('a history that was begun at start', () => {
  test('tells its recovery key until somebody has kept it, and it opens the history', async () => {
    const folder = temporaryFolder();
    const vault = vaultIn(folder, { passphrase: PASSPHRASE });
    await vault.start();
    const recoveryKey = vault.untoldRecoveryKey(false);
    expect(recoveryKey).toMatch(/^([0-9A-Z]{4}-){8}[0-9A-Z]{4}$/);
    expect(vault.untoldRecoveryKey(false)).toBe(recoveryKey);
    expect(vault.untoldRecoveryKey(true)).toBeUndefined();
    vault.close();
    const other = vaultIn(folder);
    await other.start();
    expect(await other.unlock({ recoveryKey })).toMatchObject({ state: 'open' });
  });
});

describe('the recovery key', () => {
  test('opens the records when keys.json is lost, and a passphrase given with it keeps the key from then on', async () => {
    const { folder, recoveryKey, id } = await keptStore({}, PASSPHRASE);
    rmSync(join(folder, 'keys.json'));
    const vault = vaultIn(folder);
    expect((await vault.start()).status).toMatchObject({ state: 'locked', code: 'keys-missing' });
    await expect(vault.create({ passphrase: PASSPHRASE })).rejects.toThrow(code('records-exist'));
    const spelled = recoveryKey.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
    expect((await vault.unlock({ recoveryKey: spelled, passphrase: 'another passphrase' })).state).toBe('open');
    expect(vault.store().get(id).id).toBe(id);
    vault.close();
    const next = vaultIn(folder);
    await next.start();
    expect((await next.unlock({ passphrase: 'another passphrase' })).state).toBe('open');
  });

  test('opens the records when keys.json is damaged, and the damaged file is kept', async () => {
    const { folder, recoveryKey } = await keptStore({}, PASSPHRASE);
    writeFileSync(join(folder, 'keys.json'), '{"schema": 1');
    const vault = vaultIn(folder, { keychain: fakeKeychain() });
    expect((await vault.start()).status).toMatchObject({ state: 'locked', code: 'keys-damaged' });
    expect((await vault.unlock({ recoveryKey })).keeper).toBe('keychain');
    expect(readdirSync(folder).filter((name) => name.startsWith('keys.json.damaged-'))).toHaveLength(1);
  });

  test('alone opens this session and says that nothing keeps the key', async () => {
    const { folder, recoveryKey } = await keptStore({}, PASSPHRASE);
    rmSync(join(folder, 'keys.json'));
    const vault = vaultIn(folder);
    await vault.start();
    expect(await vault.unlock({ recoveryKey })).toMatchObject({ state: 'open', code: 'keeper-missing' });
  });

  test('with a wrong letter, or of another store, is told apart and harms nothing', async () => {
    const one = await keptStore({}, PASSPHRASE);
    const other = await keptStore({}, PASSPHRASE);
    const vault = vaultIn(one.folder);
    await vault.start();
    const first = one.recoveryKey.startsWith('7') ? '8' : '7';
    await expect(vault.unlock({ recoveryKey: `${first}${one.recoveryKey.slice(1)}` })).rejects.toThrow(
      code('recovery-key-mistyped'),
    );
    await expect(vault.unlock({ recoveryKey: other.recoveryKey })).rejects.toThrow(code('recovery-key-wrong'));
    rmSync(join(one.folder, 'keys.json'));
    await expect(vault.unlock({ recoveryKey: other.recoveryKey })).rejects.toThrow(code('recovery-key-wrong'));
    expect((await vault.unlock({ recoveryKey: one.recoveryKey })).cases).toBe(1);
  });
});

describe('trouble in the data folder', () => {
  test('a damaged record file is reported and left as it is', async () => {
    const { folder } = await keptStore({ keychain: fakeKeychain() });
    const damaged = Buffer.alloc(8192, 1);
    writeFileSync(join(folder, 'records.db'), damaged);
    const { status } = await vaultIn(folder, { keychain: fakeKeychain() }).start();
    expect(status).toMatchObject({ state: 'unavailable', code: 'records-corrupt' });
    expect(readFileSync(join(folder, 'records.db')).equals(damaged)).toBe(true);
  });

  test('a second launch is told that the first has the history; when that is closed it opens', async () => {
    const { folder } = await keptStore({ keychain: fakeKeychain() });
    const first = vaultIn(folder, { keychain: fakeKeychain() });
    await first.start();
    const second = vaultIn(folder, { keychain: fakeKeychain() });
    expect((await second.start()).status).toMatchObject({ state: 'unavailable', code: 'records-in-use' });
    first.close();
    expect((await second.unlock({})).state).toBe('open');
  });

  test('two launches that create at once end with one store, which the loser does not touch', async () => {
    const folder = temporaryFolder();
    const attempts = await Promise.allSettled([0, 1].map(() => vaultIn(folder).create({ passphrase: PASSPHRASE })));
    expect(attempts.map((attempt) => attempt.status).toSorted()).toStrictEqual(['fulfilled', 'rejected']);
    const lost = attempts.find((attempt) => attempt.status === 'rejected');
    expect(lost?.reason).toStrictEqual(code('records-exist'));
  });

  test('a folder that cannot be made is a clear status, not a crash', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    const { status } = await vaultIn(join(file, 'data'), { passphrase: PASSPHRASE }).start();
    expect(status).toMatchObject({ state: 'unavailable', code: 'records-read-only' });
  });

  test('an empty record file beside its keys is damage, not a new history, and stays as it is', async () => {
    const { folder } = await keptStore({ keychain: fakeKeychain() });
    writeFileSync(join(folder, 'records.db'), '');
    const { status } = await vaultIn(folder, { keychain: fakeKeychain() }).start();
    expect(status).toMatchObject({ state: 'unavailable', code: 'records-corrupt' });
    expect(statSync(join(folder, 'records.db')).size).toBe(0);
  });

  test('a history whose first page lost a bit is mended, and opens with everything', async () => {
    const { folder, id } = await keptStore({ keychain: fakeKeychain() });
    const file = join(folder, 'records.db');
    const bytes = readFileSync(file);
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    const vault = vaultIn(folder, { keychain: fakeKeychain() });
    expect((await vault.start()).status).toMatchObject({ state: 'unavailable', code: 'records-corrupt' });
    expect(await vault.salvage('Dr Example')).toStrictEqual({ kept: 1, lost: [] });
    expect(vault.status()).toMatchObject({ state: 'open', cases: 1 });
    expect(vault.store().get(id).id).toBe(id);
    expect(vault.store().verify()).toStrictEqual({ intact: true });
  });

  test('that was cut off while it was begun is begun anew, and its recovery key is shown; keys.json says so until it is there', async () => {
    const { folder } = await keptStore({ keychain: fakeKeychain() });
    const keysFile = join(folder, 'keys.json');
    const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as object;
    expect(keys).not.toHaveProperty('begun');
    // Ended after the one file and before the other.
    rmSync(join(folder, 'records.db'));
    writeFileSync(keysFile, JSON.stringify({ ...keys, begun: process.pid }));
    const vault = vaultIn(folder, { keychain: fakeKeychain() });
    expect((await vault.start()).status).toMatchObject({ state: 'new' });
    expect((await vault.create({})).recoveryKey).toBeTruthy();
  });

  test('that cannot be opened once its file is there leaves nothing, and is begun anew', async () => {
    const folder = temporaryFolder();
    const vault = vaultIn(folder, { keychain: fakeKeychain() });
    await vault.start();
    const file = join(folder, 'records.db');
    const opening = vi.spyOn(HeldHistory.prototype, 'open').mockImplementationOnce(() => {
      writeFileSync(file, 'half a history');
      throw new Error('the disk may only be read, for a moment');
    });
    await expect(vault.create({})).rejects.toThrow('for a moment');
    opening.mockRestore();
    expect(readdirSync(folder).filter((name) => /^(records|keys)/.test(name))).toEqual([]);
    expect((await vault.create({})).recoveryKey).toBeTruthy();
  });

  test('that another process is beginning now is left to it', async () => {
    const folder = temporaryFolder();
    const keychain = fakeKeychain();
    const first = vaultIn(folder, { keychain });
    await first.create({});
    first.close();
    const keysFile = join(folder, 'keys.json');
    const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as object;
    rmSync(join(folder, 'records.db'));
    writeFileSync(keysFile, JSON.stringify({ ...keys, begun: process.ppid }));
    await vaultIn(folder, { keychain }).start();
    expect(JSON.parse(readFileSync(keysFile, 'utf8'))).toMatchObject(keys);
  });

  test('that was cut off once both of its files were there is the history that it is', async () => {
    const { folder } = await keptStore({ keychain: fakeKeychain() });
    const keysFile = join(folder, 'keys.json');
    const keys = JSON.parse(readFileSync(keysFile, 'utf8')) as object;
    writeFileSync(keysFile, JSON.stringify({ ...keys, begun: process.pid }));
    const { status } = await vaultIn(folder, { keychain: fakeKeychain() }).start();
    expect(status).toStrictEqual({ state: 'open', keeper: 'keychain', hasPassphrase: false, cases: 1 });
    expect(JSON.parse(readFileSync(keysFile, 'utf8'))).not.toHaveProperty('begun');
  });

  test('a record file that is gone is said, not passed over', async () => {
    const { folder } = await keptStore({ keychain: fakeKeychain() });
    rmSync(join(folder, 'records.db'));
    const { status } = await vaultIn(folder, { keychain: fakeKeychain() }).start();
    expect(status).toMatchObject({ state: 'open', code: 'records-file-missing', cases: 0 });
  });
});
