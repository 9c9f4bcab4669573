import { afterEach, expect, it } from 'vitest';
import { holdTime, STILL_TIME } from '../../../e2e/hosts/still/time.ts';

const RunningDate = Date;
afterEach(() => {
  globalThis.Date = RunningDate;
});

it('shows one minute however long a test takes, later times later, and leaves days that are named alone', () => {
  holdTime(STILL_TIME);
  const first = new Date();
  expect(first.toISOString()).toMatch(/^2026-11-26T09:30:00/);
  expect(Date.now()).toBeGreaterThanOrEqual(first.getTime());
  expect(Date.now() - STILL_TIME).toBeLessThan(60_000);
  expect(new Date('2024-02-29').getUTCDate()).toBe(29);
  expect(new Date(2024, 1, 29).getMonth()).toBe(1);
  expect(first).toBeInstanceOf(Date);
  expect(Date.UTC(2024, 0)).toBe(RunningDate.UTC(2024, 0));
});
