import { expect, test } from 'vitest';
import { exactSignTest } from '#shared/statistics/paired-changes.ts';

// R: binom.test(one, one + other)$p.value
test.each([
  [1, 7, 0.0703125],
  [0, 6, 0.03125],
  [5, 5, 1],
  [2, 10, 0.038574218750000014],
  [10, 2, 0.038574218750000014],
  [0, 1, 1],
])('%i one way and %i the other', (one, other, p) => {
  expect(exactSignTest(one, other)).toBeCloseTo(p, 12);
});

test('holds for many changes', () => {
  // Normal approximation of binom.test(450, 1000) with continuity: close, and the exact one is a number.
  expect(exactSignTest(450, 550)).toBeCloseTo(0.00173, 4);
});

test('says that nothing changed instead of giving a number', () => {
  expect(() => exactSignTest(0, 0)).toThrow(/Nothing changed/);
});
