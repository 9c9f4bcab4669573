import { expect, test } from 'vitest';
import { pauseAfter, waitFor } from '../../../../../src/main/cases/users/throttle.ts';

const now = new Date('2026-11-27T10:00:00.000Z');

test('the pause doubles from the third failure on, and ends at five minutes', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map(pauseAfter)).toStrictEqual([0, 0, 0, 2_000, 4_000, 8_000, 16_000]);
  expect(pauseAfter(11)).toBe(300_000);
  expect(pauseAfter(1_000_000)).toBe(300_000);
});

test('it is counted from the last failure; a clock that was set back locks nobody out until that time comes again', () => {
  expect(waitFor({ failures: 3, failedAt: null }, now)).toBe(0);
  expect(waitFor({ failures: 3, failedAt: '2026-11-27T09:59:59.000Z' }, now)).toBe(1_000);
  expect(waitFor({ failures: 3, failedAt: '2026-11-27T09:59:58.000Z' }, now)).toBe(0);
  expect(waitFor({ failures: 3, failedAt: '2027-11-27T10:00:00.000Z' }, now)).toBe(0);
});
