import { expect, onTestFinished, test } from 'vitest';
import { effectScope, nextTick, shallowRef } from 'vue';
import { useReadingClock } from '../../../../../src/renderer/views/readers/use-reading-clock.ts';

const clockWith = () => {
  let time = 0;
  const hidden = shallowRef(false);
  const listeners = new Map<string, () => void>();
  const page = {
    visibilityState: 'visible',
    addEventListener: (name: string, listener: () => void) => listeners.set(name, listener),
    removeEventListener: () => undefined,
  };
  const scope = effectScope();
  const clock = scope.run(() => useReadingClock({ isHidden: () => hidden.value, now: () => time, page }));
  onTestFinished(() => scope.stop());
  if (!clock) throw new Error('there is a clock');
  return {
    clock,
    wait: (ms: number) => {
      time += ms;
    },
    hide: async (isHidden: boolean) => {
      hidden.value = isHidden;
      await nextTick();
    },
    leave: async (state: 'visible' | 'hidden') => {
      page.visibilityState = state;
      listeners.get('visibilitychange')?.();
      await nextTick();
    },
  };
};

test('time runs while the case is seen, and stands still while the window is hidden or locked', async () => {
  const { clock, wait, hide, leave } = clockWith();
  wait(4_000);
  await leave('hidden');
  wait(60_000);
  await leave('visible');
  wait(2_000);
  await hide(true);
  wait(60_000);
  expect(clock.running.value).toBe(false);
  await hide(false);
  wait(1_000);
  expect(clock.taken()).toStrictEqual({ seconds: 7, pauses: 2 });
});

test('another case begins anew', async () => {
  const { clock, wait, hide } = clockWith();
  wait(4_000);
  await hide(true);
  await hide(false);
  clock.again();
  wait(1_500);
  expect(clock.taken()).toStrictEqual({ seconds: 1.5, pauses: 0 });
});
