import { createPinia, setActivePinia } from 'pinia';
import { afterEach, expect, it, vi } from 'vitest';
import { nextTick } from 'vue';
import { useAppStore } from '../../../../src/renderer/stores/app.ts';
import { habitsFrom, useReadingHabitsStore, usualHabits } from '../../../../src/renderer/stores/reading-habits.ts';

vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call: () => Promise.resolve({}), on: () => undefined }),
  useHost: () => ({}),
}));
afterEach(() => vi.unstubAllGlobals());

it('what was kept comes back; what nobody can read is the usual', () => {
  const kept = { ...usualHabits, layout: '1+5', windows: { t2: { width: 0.5, shift: -0.1 } }, panelHidden: true };
  expect(habitsFrom(JSON.stringify(kept))).toEqual(kept);
  for (const text of [
    null,
    '',
    '{',
    '[]',
    JSON.stringify({ ...kept, layout: '9x9' }),
    JSON.stringify({ ...kept, panelRem: 1 }),
  ])
    expect(habitsFrom(text)).toBe(usualHabits);
});

it('what was kept before the map and the second window had settings of their own keeps the rest', () => {
  const {
    mapOpacity: _opacity,
    mapThreshold: _threshold,
    secondLayout: _layout,
    ...before
  } = { ...usualHabits, panelHidden: true };
  expect(habitsFrom(JSON.stringify(before))).toEqual({ ...usualHabits, panelHidden: true });
  expect(habitsFrom(JSON.stringify({ ...before, mapThreshold: 0.35, mapOpacity: 1 }))).toMatchObject({
    mapThreshold: 0.35,
    mapOpacity: 1,
  });
  expect(habitsFrom(JSON.stringify({ ...before, mapThreshold: 2 }))).toBe(usualHabits);
});

it('are each user’s own on a computer: layouts, and the window of every role', async () => {
  const kept = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
  };
  vi.stubGlobal('localStorage', localStorage);
  setActivePinia(createPinia());
  const app = useAppStore();
  const store = useReadingHabitsStore();
  const become = async (id: string) => {
    app.identity = { ...app.identity, user: { id, name: id, login: id, role: 'reader' } } as typeof app.identity;
    await nextTick();
  };
  await become('a');
  store.keepViewer({ ...usualHabits, layout: '1x2', windows: { t2: { width: 0.5, shift: 0.1 } } });
  store.keepSecond({ ...store.habits, layout: '1+5' });
  await become('b');
  expect(store.habits).toEqual(usualHabits);
  store.keepViewer({ ...usualHabits, layout: '1x1' });
  await become('a');
  expect(store.habits).toMatchObject({
    layout: '1x2',
    secondLayout: '1+5',
    windows: { t2: { width: 0.5, shift: 0.1 } },
  });
  await become('b');
  expect(store.habits).toMatchObject({ layout: '1x1', windows: {} });
});
