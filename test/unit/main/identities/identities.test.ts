import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type ProcedureName, procedures } from '#shared/api.ts';
import { defaultRoles, mayAs } from '#shared/identities/identity.ts';
import { needs } from '#shared/identities/needs.ts';
import { parseRecoveryKey, recordKeyOf } from '../../../../src/main/cases/keys/recovery-key.ts';
import { Vault } from '../../../../src/main/cases/vault.ts';
import { assertAllowed } from '../../../../src/main/identities/boundary.ts';
import { Identities } from '../../../../src/main/identities/identities.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { sampleCase } from '../cases/sample-case.ts';
import { rawDatabase } from '../cases/temporary-store.ts';

const passphrase = 'a long enough passphrase';
const ADMINISTRATOR = { name: 'Dr Ada', role: 'administrator', password: 'ada ada ada' } as const;
const READER = { name: 'Rui', role: 'reader', password: 'rui rui rui' } as const;

/** What the administrator chose for the reader. */
const HANDED_OUT = 'handed out';

/** Over a real store, with a clock of its own. */
const workplace = async (folder = temporaryFolder(), managedRoles = {}, unsavedOfOthers = () => false) => {
  const adopted: string[][] = [];
  let time = Date.parse('2026-11-27T10:00:00.000Z');
  const now = () => new Date(time);
  const vault: Vault = new Vault({ folder, now, actor: () => identities.actor() });
  const identities: Identities = new Identities({
    vault,
    singleName: () => 'Dr Lee',
    managedRoles,
    changed: () => undefined,
    adoptWork: (from, to) => void adopted.push([from, to]),
    unsavedOfOthers,
    now,
    // As strong as needs be is slow by design; what is asked here does not depend on it.
    cost: { N: 2 ** 14, r: 1, p: 1 },
  });
  onTestFinished(() => vault.close());
  await vault.start();
  const created = vault.status().state === 'new' ? await vault.create({ passphrase }) : undefined;
  if (!created) await vault.unlock({ passphrase });
  const entries = () => vault.store().auditPage({ limit: 500 }).entries;
  return {
    folder,
    vault,
    identities,
    adopted,
    recoveryKey: created?.recoveryKey ?? '',
    entries,
    failures: () => entries().filter(({ action }) => action === 'user.sign-in-failed'),
    pass: (seconds: number) => {
      time += seconds * 1_000;
    },
  };
};

const withUsers = async (managedRoles = {}) => {
  const place = await workplace(temporaryFolder(), managedRoles);
  await place.identities.add(ADMINISTRATOR);
  const reader = await place.identities.add({ ...READER, password: HANDED_OUT });
  await chosen(place.identities, READER.name, HANDED_OUT, READER.password);
  await place.identities.signIn(ADMINISTRATOR.name, ADMINISTRATOR.password);
  return { ...place, reader };
};

/** The first thing that somebody does with a password that was handed out. */
const chosen = async (identities: Identities, name: string, handedOut: string, own: string) => {
  await identities.signIn(name, handedOut);
  await identities.changePassword(handedOut, own);
};

const code = (name: string) => expect.objectContaining({ code: name });

describe('without users', () => {
  test('nobody signs in, everything may be done, and entries carry the name as one that nobody proved', async () => {
    const { identities, vault, entries } = await workplace();
    expect(identities.status()).toMatchObject({ mode: 'single', user: null, rights: Object.keys(defaultRoles) });
    for (const name of Object.keys(procedures) as ProcedureName[]) assertAllowed(identities, name, {});
    vault.store().save(sampleCase(), identities.actor());
    expect(entries()[0]).toMatchObject({ actor: 'Dr Lee', proof: 'unproved', action: 'case.created' });
  });

  test('the first user has to be an administrator, and is signed in with that', async () => {
    const { identities, entries } = await workplace();
    await expect(identities.add(READER)).rejects.toThrow(code('first-administrator'));
    expect(identities.status().mode).toBe('single');
    await identities.add(ADMINISTRATOR);
    expect(identities.status()).toMatchObject({ mode: 'users', user: { name: 'Dr Ada', role: 'administrator' } });
    expect(entries()[1]).toMatchObject({ actor: 'Dr Lee', proof: 'unproved', action: 'user.added' });
  });
});

describe('with users', () => {
  test('whoever is signed in is the actor, proved; nobody is haicast itself', async () => {
    const { identities, vault, entries } = await withUsers();
    await identities.signIn('RUI ', READER.password);
    vault.note({ action: 'case.opened', caseId: null, detail: {} });
    expect(entries()[0]).toMatchObject({ actor: 'Rui', proof: 'signed-in' });
    identities.lock('idle');
    vault.note({ action: 'records.unlocked', caseId: null, detail: {} });
    expect(entries()[0]).toMatchObject({ actor: 'haicast', proof: 'program' });
    expect(entries()[1]).toMatchObject({
      actor: 'Rui',
      action: 'user.signed-out',
      facts: [{ name: 'by', value: 'idle' }],
    });
  });

  test('every procedure is refused to who has not signed in, and to a role that may not, by the stated table', async () => {
    const { identities } = await withUsers();
    const refusal = (name: ProcedureName): string | undefined => {
      try {
        assertAllowed(identities, name, {});
        return undefined;
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const names = Object.keys(procedures) as ProcedureName[];
    identities.lock('hand');
    for (const name of names) expect(refusal(name), name).toBe(needs[name] === 'anyone' ? undefined : 'sign-in-needed');
    await identities.signIn(READER.name, READER.password);
    for (const name of names) {
      const need = needs[name];
      const may = need === 'anyone' || mayAs('reader', defaultRoles[need]);
      expect(refusal(name), name).toBe(may ? undefined : 'not-allowed');
    }
    for (const name of [
      'cases.save',
      'cases.trash',
      'cases.erase',
      'models.install',
      'users.add',
      'audit.list',
    ] as const)
      expect(refusal(name)).toBe('not-allowed');
    await identities.signIn(ADMINISTRATOR.name, ADMINISTRATOR.password);
    for (const name of names) expect(refusal(name), name).toBeUndefined();
  });

  test('settings of the workstation are an administrator’s, those of the window everybody’s', async () => {
    const { identities } = await withUsers();
    await identities.signIn(READER.name, READER.password);
    assertAllowed(identities, 'settings.set', { theme: 'light', hideIdentity: true });
    expect(() => assertAllowed(identities, 'settings.set', { theme: 'dark', lockAfterMinutes: 0 })).toThrow(
      code('not-allowed'),
    );
  });

  test('the administrator’s file says from which role on, and cannot give away who manages users', async () => {
    const { identities } = await withUsers({ models: 'reader', look: 'oncologist' });
    await identities.signIn(READER.name, READER.password);
    assertAllowed(identities, 'models.install', {});
    expect(() => assertAllowed(identities, 'cases.list', {})).toThrow(code('not-allowed'));
    expect(() => assertAllowed(identities, 'users.add', {})).toThrow(code('not-allowed'));
  });

  test('a user that is disabled or has another role is so at once; the last administrator stays one', async () => {
    const { identities, reader } = await withUsers();
    const [ada] = identities.list();
    await expect(identities.change(ada?.id ?? '', { role: 'reader' })).rejects.toThrow(code('last-administrator'));
    await expect(identities.change(ada?.id ?? '', { disabled: true })).rejects.toThrow(code('last-administrator'));
    await identities.signIn(READER.name, READER.password);
    await identities.change(reader.id, { role: 'oncologist' });
    assertAllowed(identities, 'cases.save', {});
    await identities.change(reader.id, { disabled: true });
    expect(() => assertAllowed(identities, 'cases.list', {})).toThrow(code('sign-in-needed'));
    await expect(identities.signIn(READER.name, READER.password)).rejects.toThrow(code('sign-in-failed'));
    await expect(identities.add({ ...READER, name: 'rui' })).rejects.toThrow(code('user-exists'));
    await expect(identities.add({ ...READER, name: 'Haicast' })).rejects.toThrow(code('user-name-taken'));
    await expect(identities.add({ ...READER, name: 'x', password: 'short' })).rejects.toThrow(
      code('password-too-short'),
    );
  });

  test('a password is changed by who knows it, or by an administrator, and the old one is void', async () => {
    const { identities, reader } = await withUsers();
    await identities.signIn(READER.name, READER.password);
    await expect(identities.changePassword('not this one', 'another one')).rejects.toThrow(code('sign-in-failed'));
    await identities.changePassword(READER.password, 'another one');
    await expect(identities.signIn(READER.name, READER.password)).rejects.toThrow(code('sign-in-failed'));
    await identities.signIn(READER.name, 'another one');
    await identities.signIn(ADMINISTRATOR.name, ADMINISTRATOR.password);
    await identities.change(reader.id, { password: 'a third one' });
    await identities.signIn(READER.name, 'a third one');
  });

  test('one that was handed out is good for choosing another one, and for nothing else', async () => {
    const { identities, reader } = await withUsers();
    await identities.change(reader.id, { password: HANDED_OUT });
    expect(await identities.signIn(READER.name, HANDED_OUT)).toMatchObject({ mustChange: true, rights: [] });
    for (const name of Object.keys(procedures) as ProcedureName[]) {
      const allow = () => assertAllowed(identities, name, {});
      if (needs[name] === 'anyone') allow();
      else expect(allow, name).toThrow(code('password-must-change'));
    }
    await expect(identities.changePassword(HANDED_OUT, HANDED_OUT)).rejects.toThrow(code('password-same'));
    await identities.changePassword(HANDED_OUT, READER.password);
    expect(identities.status()).not.toHaveProperty('mustChange');
    assertAllowed(identities, 'cases.list', {});
    // One’s own is one’s own: the administrator’s, by the table of users or by the recovery key.
    await identities.signIn(ADMINISTRATOR.name, ADMINISTRATOR.password);
    await identities.change(identities.status().user?.id ?? '', { password: 'ada’s own one' });
    expect(identities.status()).not.toHaveProperty('mustChange');
  });

  test('while the history is locked nobody is signed in and nothing of it is done, after a new start too', async () => {
    const { identities, vault, folder } = await withUsers();
    await vault.lock();
    expect(identities.status()).toMatchObject({ mode: 'users', user: null, rights: [] });
    expect(() => assertAllowed(identities, 'models.install', {})).toThrow(code('sign-in-needed'));
    vault.close();
    const again = new Vault({ folder });
    await again.start();
    expect(again.hasUsers()).toBe(true);
  });

  test('who opens the history again after it was locked has to sign in, though nobody asked who was there meanwhile', async () => {
    const { identities, vault } = await withUsers();
    expect(identities.status().user).not.toBeNull();
    await vault.lock();
    await vault.unlock({ passphrase });
    expect(identities.status().user).toBeNull();
  });

  test('who is locked out while their password is tried turns nothing off and changes nothing, and the program does neither for them', async () => {
    const { identities, entries } = await withUsers();
    const { password } = ADMINISTRATOR;
    for (const work of [() => identities.turnOff(password), () => identities.changePassword(password, 'another one')]) {
      const before = entries().length;
      const done = expect(work()).rejects.toThrow(code('sign-in-needed'));
      await Promise.resolve();
      identities.lock('idle');
      await done;
      expect(identities.status()).toMatchObject({ mode: 'users', user: null });
      expect(entries()).toHaveLength(before + 1);
      await identities.signIn(ADMINISTRATOR.name, password);
    }
  });

  test('the recovery key gives an administrator another password, and nobody else', async () => {
    const { identities, recoveryKey } = await withUsers();
    identities.lock('hand');
    const other = (await workplace()).recoveryKey;
    await expect(identities.recover(other, ADMINISTRATOR.name, 'new password')).rejects.toThrow(
      code('recovery-key-wrong'),
    );
    await expect(identities.recover(recoveryKey, READER.name, 'new password')).rejects.toThrow(
      code('recover-administrator'),
    );
    await identities.recover(recoveryKey, ADMINISTRATOR.name, 'new password');
    expect(identities.status().user?.name).toBe('Dr Ada');
    await expect(identities.signIn(ADMINISTRATOR.name, ADMINISTRATOR.password)).rejects.toThrow(code('sign-in-failed'));
  });

  test('a user that was changed with the key and past haicast is found altered', async () => {
    const { vault, recoveryKey, folder, reader } = await withUsers();
    expect(vault.store().verify()).toMatchObject({ intact: true });
    vault.close();
    const db = rawDatabase(join(folder, 'records.db'), recordKeyOf(parseRecoveryKey(recoveryKey) ?? new Uint8Array()));
    db.prepare(`UPDATE users SET role = 'administrator' WHERE id = ?`).run(reader.id);
    db.close();
    const again = await workplace(folder);
    expect(again.vault.store().verify()).toMatchObject({ intact: false, problem: expect.stringContaining(reader.id) });
  });
});

describe('signing in is turned off again', () => {
  const off = async () => {
    const place = await withUsers();
    await expect(place.identities.turnOff('not this one')).rejects.toThrow(code('sign-in-failed'));
    expect(place.identities.status().mode).toBe('users');
    await place.identities.turnOff(ADMINISTRATOR.password);
    return place;
  };

  test('by an administrator with their password: from then on nobody is proved, and what was kept stays of who it was', async () => {
    const { identities, vault, folder, entries } = await off();
    expect(identities.status()).toMatchObject({ mode: 'single', user: null, rights: Object.keys(defaultRoles) });
    assertAllowed(identities, 'cases.erase', {});
    vault.store().save(sampleCase(), identities.actor());
    expect(entries()[0]).toMatchObject({ actor: 'Dr Lee', proof: 'unproved', action: 'case.created' });
    const turned = entries().find(({ action }) => action === 'users.turned-off');
    expect(turned).toMatchObject({ actor: 'Dr Ada', proof: 'signed-in' });
    expect(vault.store().verify()).toStrictEqual({ intact: true });
    // After a new start too, while the history is still locked.
    vault.close();
    const again = new Vault({ folder });
    await again.start();
    expect(again.hasUsers()).toBe(false);
  });

  test('and on again by an administrator of before alone; users stay as they were, and nobody becomes one meanwhile', async () => {
    const { identities, reader, entries, vault } = await off();
    expect(identities.list().map(({ disabled }) => disabled)).toStrictEqual([true, true]);
    await expect(identities.change(reader.id, { password: 'mine from now on' })).rejects.toThrow(code('sign-in-off'));
    await expect(identities.signIn(READER.name, READER.password)).rejects.toThrow(code('sign-in-failed'));
    await expect(identities.turnOn(READER.name, READER.password)).rejects.toThrow(code('turn-on-administrator'));
    await expect(identities.turnOn(ADMINISTRATOR.name, 'wrong')).rejects.toThrow(code('sign-in-failed'));
    expect(identities.status().mode).toBe('single');
    expect(await identities.turnOn(ADMINISTRATOR.name, ADMINISTRATOR.password)).toMatchObject({
      mode: 'users',
      user: { name: 'Dr Ada' },
    });
    expect(entries().some(({ action }) => action === 'users.turned-on')).toBe(true);
    await identities.change(reader.id, { disabled: false });
    await identities.signIn(READER.name, READER.password);
    expect(identities.status()).not.toHaveProperty('mustChange');
    expect(vault.store().verify()).toStrictEqual({ intact: true });
  });

  test('and on again with the recovery key: what is in no record yet is the work of whoever it let in', async () => {
    const { identities, recoveryKey, adopted, entries, vault } = await off();
    adopted.length = 0;
    await identities.recover(recoveryKey, ADMINISTRATOR.name, 'new password');
    const { mode, user } = identities.status();
    expect([mode, user?.name]).toStrictEqual(['users', 'Dr Ada']);
    expect(adopted).toStrictEqual([['single', user?.id]]);
    expect(identities.owner()).toBe(user?.id);
    expect(entries().some(({ action }) => action === 'users.turned-on')).toBe(true);
    expect(vault.store().verify()).toStrictEqual({ intact: true });
  });

  test('not while somebody else has work that is in no record', async () => {
    const { identities } = await workplace(temporaryFolder(), {}, () => true);
    await identities.add(ADMINISTRATOR);
    await expect(identities.turnOff(ADMINISTRATOR.password)).rejects.toThrow(code('sign-in-off-unsaved'));
    expect(identities.status().mode).toBe('users');
  });
});

describe('wrong passwords', () => {
  test('are throttled for that user alone, by a pause that grows, and each is an entry', async () => {
    const { identities, failures, pass } = await withUsers();
    identities.lock('hand');
    for (let n = 0; n < 3; n += 1)
      await expect(identities.signIn(READER.name, `wrong ${n}`)).rejects.toThrow(code('sign-in-failed'));
    // The right one is not even tried.
    await expect(identities.signIn(READER.name, READER.password)).rejects.toThrow(
      expect.objectContaining({ code: 'sign-in-wait', params: { seconds: 2 } }),
    );
    expect(identities.status().user).toBeNull();
    await identities.signIn(ADMINISTRATOR.name, ADMINISTRATOR.password);
    pass(2);
    await expect(identities.signIn(READER.name, 'wrong again')).rejects.toThrow(code('sign-in-failed'));
    pass(2);
    await expect(identities.signIn(READER.name, READER.password)).rejects.toThrow(
      expect.objectContaining({ params: { seconds: 2 } }),
    );
    pass(2);
    expect((await identities.signIn(READER.name, READER.password)).user?.name).toBe('Rui');
    expect(failures().map(({ facts }) => facts.find(({ name }) => name === 'reason')?.value)).toStrictEqual([
      'waiting',
      'password',
      'waiting',
      'password',
      'password',
      'password',
    ]);
    // What was mistyped before counts no more.
    await expect(identities.signIn(READER.name, 'wrong')).rejects.toThrow(code('sign-in-failed'));
    await identities.signIn(READER.name, READER.password);
  });

  test('go on being throttled after a new start', async () => {
    const { identities, vault, folder } = await withUsers();
    for (let n = 0; n < 3; n += 1)
      await expect(identities.signIn(READER.name, 'wrong')).rejects.toThrow(code('sign-in-failed'));
    vault.close();
    const again = await workplace(folder);
    await expect(again.identities.signIn(READER.name, READER.password)).rejects.toThrow(code('sign-in-wait'));
  });

  test('many at once are heard one after the other', async () => {
    const { identities, failures } = await withUsers();
    const tried = await Promise.allSettled(Array.from({ length: 8 }, () => identities.signIn(READER.name, 'wrong')));
    const codes = tried.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'in'));
    expect(codes).toStrictEqual([...Array(3).fill('sign-in-failed'), ...Array(5).fill('sign-in-wait')]);
    // Of those that were not heard the first is an entry: a machine that goes on does not fill the log.
    expect(failures()).toHaveLength(4);
  });

  test('that are not heard are one entry for each wait, for a name that nobody has too, and for one’s own password', async () => {
    const { identities, failures, pass } = await withUsers();
    const waiting = () => failures().filter(({ facts }) => facts.some(({ value }) => value === 'waiting')).length;
    const tryHard = async (attempt: () => Promise<unknown>) => {
      for (let n = 0; n < 6; n += 1) await attempt().catch(() => undefined);
    };
    await tryHard(() => identities.signIn('Zyxwplant', 'wrong'));
    expect(waiting()).toBe(1);
    pass(2);
    await tryHard(() => identities.signIn('Zyxwplant', 'wrong'));
    expect(waiting()).toBe(2);
    await identities.signIn(READER.name, READER.password);
    await tryHard(() => identities.changePassword('wrong', 'another one'));
    expect(waiting()).toBe(3);
  });

  test('get one answer, whether it is the name, the password or that the user is disabled; a name that nobody has is not kept', async () => {
    const { identities, reader, entries, failures } = await withUsers();
    await identities.change(reader.id, { disabled: true });
    const answers = [];
    for (const [name, password] of [
      ['Zyxwplant', 'my secret'],
      [READER.name, READER.password],
      [ADMINISTRATOR.name, 'wrong'],
    ] as const) {
      answers.push(await identities.signIn(name, password).catch((error: unknown) => JSON.stringify(error)));
    }
    expect(new Set(answers).size).toBe(1);
    expect(JSON.stringify(entries())).not.toMatch(/Zyxwplant|my secret/);
    expect(failures()).toHaveLength(3);
    for (let n = 0; n < 2; n += 1) await identities.signIn('zyxwplant', 'x').catch(() => undefined);
    await expect(identities.signIn('Zyxwplant', 'x')).rejects.toThrow(code('sign-in-wait'));
  });
});
