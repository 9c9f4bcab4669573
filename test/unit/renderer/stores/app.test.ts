import { createPinia, setActivePinia } from 'pinia';
import { expect, test, vi } from 'vitest';
import type { InstalledModel } from '#shared/api.ts';
import { useAppStore } from '../../../../src/renderer/stores/app.ts';

const { asked, answers } = vi.hoisted(() => ({
  asked: [] as string[],
  answers: new Map<string, PromiseWithResolvers<unknown>>(),
}));
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({
    call: (name: string) => {
      asked.push(name);
      const answer = Promise.withResolvers<unknown>();
      answers.set(name, answer);
      return answer.promise;
    },
  }),
}));
vi.stubGlobal('document', { documentElement: { dataset: {}, style: { setProperty: () => undefined } } });

const answer = (name: string, value: unknown) => answers.get(name)?.resolve(value);

test('what the list of cases needs is asked for at once, and it waits for no model', async () => {
  setActivePinia(createPinia());
  const app = useAppStore();
  const loading = app.load();
  expect(asked.toSorted()).toEqual(['app.info', 'identity.status', 'records.status', 'settings.get']);
  answer('settings.get', { ...app.settings, managed: [], pacs: [] });
  answer('app.info', {});
  answer('records.status', { state: 'open', keeper: 'keychain', cases: 3 });
  answer('identity.status', { mode: 'single', user: null, rights: ['records'], unsavedOfOthers: false });
  await expect.poll(() => asked).toContain('records.untoldRecoveryKey');
  answer('records.untoldRecoveryKey', { recoveryKey: null });
  await loading;
  expect([app.records.state, app.loaded, asked.includes('models.list')]).toEqual(['open', false, false]);
});

test('nobody is told that no model is installed before that is known', async () => {
  setActivePinia(createPinia());
  const app = useAppStore();
  const loading = app.loadModels();
  expect([app.loaded, app.hasModel]).toEqual([false, true]);
  answer('models.list', { models: [], rejected: [] });
  await loading;
  expect([app.loaded, app.hasModel]).toEqual([true, false]);
  app.takeModels({ models: [{ isDefault: true } as InstalledModel], rejected: [] });
  expect(app.hasModel).toBe(true);
});
