import { createPinia, setActivePinia } from 'pinia';
import { expect, test, vi } from 'vitest';
import { effectScope, nextTick } from 'vue';
import { useBackupNotice } from '../../../../src/renderer/composables/use-backup-notice.ts';
import { useAppStore } from '../../../../src/renderer/stores/app.ts';
import { useDialogsStore } from '../../../../src/renderer/stores/dialogs.ts';
import { useNoticesStore } from '../../../../src/renderer/stores/notices.ts';

const host = vi.hoisted(() => ({
  problem: undefined as string | undefined,
  asked: 0,
  changed: (_given: { caseId?: string }): void => undefined,
}));
vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({
    call: async () => {
      host.asked += 1;
      return { problem: host.problem };
    },
    on: (_name: string, listener: typeof host.changed) => {
      host.changed = listener;
    },
  }),
}));
vi.mock('vue-i18n', async (original) => ({
  ...(await original<typeof import('vue-i18n')>()),
  useI18n: () => ({ t: (key: string) => key }),
}));

test('a window is told of a backup that failed, with the way to the settings, until one is made', async () => {
  setActivePinia(createPinia());
  const app = useAppStore();
  const notices = useNoticesStore();
  const scope = effectScope();
  scope.run(useBackupNotice);
  const told = () => notices.notices.map(({ kind, text }) => `${kind} ${text().split(' ')[0]}`);
  const hears = async (given: { caseId?: string } = {}) => {
    host.changed(given);
    await nextTick();
    await nextTick();
  };
  await hears();
  // Of a history that is not open nothing is asked.
  expect(host.asked).toBe(0);

  app.records = { state: 'open', keeper: 'keychain', cases: 3 };
  await nextTick();
  await nextTick();
  expect(told()).toStrictEqual([]);
  host.problem = 'backup-failed';
  await hears({ caseId: 'one' });
  expect(told()).toStrictEqual([]);
  await hears();
  expect(told()).toStrictEqual(['warning settings.backup.missed']);
  notices.notices[0]?.action?.run();
  expect(useDialogsStore().open).toBe('settings');

  // Once closed, it does not come again for the same.
  notices.dismiss(notices.notices[0]?.id ?? 0);
  await hears();
  expect(told()).toStrictEqual([]);
  host.problem = 'disk-full';
  await hears();
  expect(told()).toHaveLength(1);
  host.problem = undefined;
  await hears();
  expect(told()).toStrictEqual([]);
  scope.stop();
});
