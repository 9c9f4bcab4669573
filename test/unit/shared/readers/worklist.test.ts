import { expect, test } from 'vitest';
import { shuffled } from '#shared/readers/worklist.ts';

const cases = Array.from({ length: 50 }, (_none, index) => `case-${index}`);

test('an order has every case once, is the same for the same seed, and another for another reader', () => {
  const order = shuffled(cases, 7);
  expect(order.toSorted()).toStrictEqual(cases.toSorted());
  expect(shuffled(cases, 7)).toStrictEqual(order);
  expect(shuffled(cases, 8)).not.toStrictEqual(order);
  expect(order).not.toStrictEqual(cases);
});

test('no place is likelier than another', () => {
  const first = Array.from({ length: 6_000 }, (_none, seed) => shuffled(['a', 'b', 'c'], seed)[0]);
  for (const letter of ['a', 'b', 'c']) {
    expect(Math.abs(first.filter((one) => one === letter).length - 2_000), letter).toBeLessThan(200);
  }
});
