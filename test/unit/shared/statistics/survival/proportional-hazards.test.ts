import { expect, test } from 'vitest';
import { followUps } from '#shared/statistics/survival/follow-up.ts';
import { proportionalHazards } from '#shared/statistics/survival/proportional-hazards.ts';
import { group, p1, r1, status, time } from '../vector-a.ts';

const patients = (...columns: readonly (readonly number[])[]) =>
  followUps(time, status).map((one, index) => ({ ...one, x: columns.map((column) => column[index] ?? 0) }));

test.each([
  ['efron', [0.0939990782676, 1.295138628978], 4.7461084429436, 1.89471634367],
  ['breslow', [0.0812942024368, 1.2294848120248], 4.6947555945545, 1.84477686746],
] as const)('each variable and all together, by %s, as cox.zph of R’s survival has them', (ties, terms, all, one) => {
  const found = proportionalHazards(patients(p1, r1), ties);
  for (const [index, expected] of terms.entries()) expect(found.terms[index]?.statistic).toBeCloseTo(expected, 9);
  expect(found.global).toMatchObject({ df: 2 });
  expect(found.global.statistic).toBeCloseTo(all, 9);
  expect(proportionalHazards(patients(group), ties).global.statistic).toBeCloseTo(one, 9);
});

test('P of vector A', () => {
  expect(proportionalHazards(patients(group)).terms[0]?.p).toBeCloseTo(0.168670922572, 9);
});

test('without an event, or with all events at one time, there is a sentence', () => {
  const nobody = followUps([1, 2, 3], [0, 0, 0]).map((one, index) => ({ ...one, x: [index] }));
  expect(() => proportionalHazards(nobody)).toThrow('Nobody had the event');
  const together = followUps([5, 5, 5, 9, 9], [1, 1, 1, 0, 0]).map((one, index) => ({
    ...one,
    x: [[1, 0, 2, 1, 0][index] ?? 0],
  }));
  expect(() => proportionalHazards(together)).toThrow('cannot be told apart');
});
