import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test } from 'vitest';
import { useDialogsStore } from '../../../../src/renderer/stores/dialogs.ts';

beforeEach(() => setActivePinia(createPinia()));

test('a question is open until it is answered, and its answer goes to who asked', async () => {
  const dialogs = useDialogsStore();
  const asked = dialogs.askKept({ updatedAt: '2026-01-02T03:04:05Z' });
  expect(dialogs.kept?.asked.updatedAt).toBe('2026-01-02T03:04:05Z');
  dialogs.kept?.answer('into');
  await expect(asked).resolves.toBe('into');
  expect(dialogs.kept).toBeUndefined();
});

test('a question asked again takes the place of the one before, which is answered with no', async () => {
  const dialogs = useDialogsStore();
  const both = [
    [dialogs.askUnsaved(), dialogs.askUnsaved()],
    [dialogs.openRecords(), dialogs.openRecords()],
    [dialogs.chooseStudy([]), dialogs.chooseStudy([])],
  ] as const;
  await expect(Promise.all(both.map(([first]) => first))).resolves.toEqual(['cancel', false, undefined]);
  dialogs.unsaved?.answer('save');
  dialogs.records?.answer(true);
  await expect(both[0][1]).resolves.toBe('save');
  await expect(both[1][1]).resolves.toBe(true);
});
