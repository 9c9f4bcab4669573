import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { effectScope } from 'vue';
import type { ModelRole } from '#shared/study/roles.ts';
import { usePanelTurn } from '../../../../../src/renderer/views/case/use-panel-turn.ts';

const idle: (() => void)[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  idle.length = 0;
  vi.stubGlobal('requestIdleCallback', (work: () => void) => idle.push(work) - 1);
  vi.stubGlobal('cancelIdleCallback', (handle: number) => {
    idle[handle] = () => undefined;
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const turnOf = (awaited: readonly ModelRole[]) => {
  const scope = effectScope();
  const turn = scope.run(() => usePanelTurn(() => awaited));
  if (!turn) throw new Error('the scope is over');
  return { ...turn, leave: () => scope.stop() };
};

test('the steps come in the first idle moment after every pane shows its series', () => {
  const { isHere, paneReady } = turnOf(['arterial', 't2']);
  paneReady('arterial');
  paneReady('arterial');
  expect([isHere.value, idle.length]).toEqual([false, 0]);
  paneReady('t2');
  expect([isHere.value, idle.length]).toEqual([false, 1]);
  idle[0]?.();
  expect(isHere.value).toBe(true);
  // A series that is shown later asks for nothing more.
  paneReady('t2');
  expect(idle).toHaveLength(1);
});

test('the steps are there at once where there are no images, and wait for slow ones for a second', () => {
  expect(turnOf([]).isHere.value).toBe(true);
  const { isHere, paneReady } = turnOf(['arterial', 't2']);
  paneReady('t2');
  vi.advanceTimersByTime(999);
  expect(isHere.value).toBe(false);
  vi.advanceTimersByTime(1);
  expect(isHere.value).toBe(true);
});

test('who leaves the case meanwhile gets no steps', () => {
  const { isHere, paneReady, leave } = turnOf(['arterial']);
  paneReady('arterial');
  leave();
  idle[0]?.();
  vi.advanceTimersByTime(5_000);
  expect(isHere.value).toBe(false);
});
