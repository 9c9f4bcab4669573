import { createPinia, setActivePinia } from 'pinia';
import { expect, test, vi } from 'vitest';
import { nextTick } from 'vue';
import { useTrashNotice } from '../../../../src/renderer/composables/use-trash-notice.ts';
import { useAppStore } from '../../../../src/renderer/stores/app.ts';
import { useNoticesStore } from '../../../../src/renderer/stores/notices.ts';

vi.mock('../../../../src/renderer/client/index.ts', () => ({ useClient: () => ({}) }));
vi.mock('vue-i18n', async (original) => ({
  ...(await original<typeof import('vue-i18n')>()),
  useI18n: () => ({ t: (key: string, { n }: { n: number }) => `${key} ${n}` }),
}));

test('a window is told once of the cases that were erased from the trash by themselves', async () => {
  setActivePinia(createPinia());
  const app = useAppStore();
  useTrashNotice();
  const told = () => useNoticesStore().notices.map(({ kind, text }) => ({ kind, text: text() }));
  app.records = { state: 'open', keeper: 'keychain', cases: 3 };
  await nextTick();
  expect(told()).toStrictEqual([]);
  const trashEmptied = { cases: 2, at: '2026-01-01T00:00:00.000Z' };
  app.records = { ...app.records, trashEmptied };
  await nextTick();
  expect(told()).toStrictEqual([{ kind: 'warning', text: 'cases.trashEmptied 2' }]);
  useNoticesStore().dismiss(useNoticesStore().notices[0]?.id ?? 0);
  app.records = { ...app.records, trashEmptied: { ...trashEmptied }, cases: 1 };
  await nextTick();
  expect(told()).toStrictEqual([]);
});
