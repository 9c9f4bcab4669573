import { expect, onTestFinished, test } from 'vitest';
import type { ProcedureInput, ProcedureName, ProcedureOutput } from '#shared/api.ts';
import { createApplication } from '../../../../src/main/application.ts';
import { assertAllowed } from '../../../../src/main/identities/boundary.ts';
import { temporaryFolder } from '../../../fixtures/temporary-folder.ts';
import { forkedWorkers } from '../test-application.ts';

const application = async () => {
  const dataFolder = temporaryFolder();
  const told: string[] = [];
  const app = await createApplication({
    host: 'loopback',
    version: '0.0.0',
    platform: 'test',
    versions: {},
    dataFolder,
    resourcesFolder: dataFolder,
    locale: 'en',
    userName: 'Dr Lee',
    spawnWorker: forkedWorkers,
  });
  onTestFinished(() => app.close());
  app.onEvent((name) => told.push(name));
  const call = <N extends ProcedureName>(name: N, input: ProcedureInput<N>) =>
    app.call(name, input) as Promise<ProcedureOutput<N>>;
  return { app, call, told };
};

const draft = (factor: number) => ({
  studyInstanceUID: '2.25.1',
  roles: [],
  lesions: [],
  factors: { afp: { value: factor, unit: 'ng/mL' } },
});

test('the application itself refuses what who asks may not, pictures too, and keeps the unsaved work of each person apart', async () => {
  const { app, call, told } = await application();
  await call('records.create', { passphrase: 'a long enough passphrase' });
  await call('draft.keep', { window: 'w', draft: draft(1), unsaved: true });
  await call('users.add', { name: 'Ada', role: 'administrator', password: 'ada ada ada' });
  // What was begun before there were users is the first user's.
  expect((await call('draft.get', { window: 'w' })).draft?.factors).toMatchObject({ afp: { value: 1 } });
  const rui = await call('users.add', { name: 'Rui', role: 'reader', password: 'rui rui rui' });

  await call('identity.lock', { by: 'idle' });
  expect(told).toContain('identity.changed');
  await expect(call('cases.list', {})).rejects.toMatchObject({ code: 'sign-in-needed' });
  await expect(app.bytes('/volumes/any')).rejects.toMatchObject({ code: 'sign-in-needed' });
  // Nobody writes into the work of who was here; the window hands its own over once they are back.
  await expect(call('draft.keep', { window: 'w', draft: draft(2), unsaved: true })).rejects.toMatchObject({
    code: 'sign-in-needed',
  });

  await call('identity.signIn', { name: 'Rui', password: 'rui rui rui' });
  await expect(call('cases.list', {})).rejects.toMatchObject({ code: 'password-must-change' });
  await expect(app.bytes('/volumes/any')).rejects.toMatchObject({ code: 'password-must-change' });
  await call('identity.changePassword', { current: 'rui rui rui', password: 'my own one' });
  expect(await call('draft.get', { window: 'w' })).toMatchObject({ draft: null });
  expect(await call('draft.others', { window: 'other' })).toStrictEqual({ others: [] });
  expect(await call('identity.status', {})).toMatchObject({ user: { id: rui.id }, unsavedOfOthers: true });
  await expect(call('cases.erase', { id: 'any' })).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(call('models.install', { path: '/any', jobId: 'any' })).rejects.toMatchObject({ code: 'not-allowed' });
  await expect(call('settings.set', { lockAfterMinutes: 0 })).rejects.toMatchObject({ code: 'not-allowed' });
  await call('settings.set', { theme: 'light' });

  await call('identity.signIn', { name: 'Ada', password: 'ada ada ada' });
  expect((await call('draft.get', { window: 'w' })).draft?.factors).toMatchObject({ afp: { value: 1 } });
  await expect(call('cases.erase', { id: 'any' })).rejects.toMatchObject({ code: 'case-not-found' });
});

test('what takes long is of who began it, whoever is there when it ends', async () => {
  const { app, call } = await application();
  await call('records.create', { passphrase: 'a long enough passphrase' });
  await call('users.add', { name: 'Ada', role: 'administrator', password: 'ada ada ada' });
  let left: Promise<unknown> | undefined;
  app.onEvent((name) => {
    if (name === 'job.progress') left ??= call('identity.lock', { by: 'idle' });
  });
  await call('backup.make', { jobId: 'backup' });
  expect(await left).toMatchObject({ user: null });
  await call('identity.signIn', { name: 'Ada', password: 'ada ada ada' });
  const { entries } = await call('audit.list', { action: 'backup.made', limit: 1 });
  expect(entries).toMatchObject([{ actor: 'Ada', proof: 'signed-in' }]);
});

test('where nobody can sign in any more, what mends the history is left to whoever unlocked it, and nothing that takes it out', () => {
  const nobody = {
    nobodyCanSignIn: () => true,
    assertMay: () => {
      throw new Error('sign in first');
    },
  };
  for (const name of ['records.salvage', 'backup.status', 'backup.restore'] as const) {
    expect(() => assertAllowed(nobody, name, {})).not.toThrow();
    expect(() => assertAllowed({ ...nobody, nobodyCanSignIn: () => false }, name, {})).toThrow('sign in first');
  }
  for (const name of ['records.export', 'records.rekey', 'records.untoldRecoveryKey', 'cases.list'] as const) {
    expect(() => assertAllowed(nobody, name, {})).toThrow('sign in first');
  }
});
