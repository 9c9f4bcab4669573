import { expect, test } from 'vitest';
import { seededRandom } from '#shared/course/simulated/random.ts';
import { cusum } from '#shared/statistics/cusum.ts';
import { cusumLimits, WATCHED } from '#shared/statistics/cusum-limits.ts';

const RUNS = 2_000;
const CASES = 150;

test.each([
  ['common responses', 0.3, 0.4],
  ['rare responses', 0.05, 0.2],
  ['all alike', 0.45, 0.1],
])('the charts of a hospital with %s signal falsely as often as they say', (_name, least, width) => {
  const draw = seededRandom(5);
  const mix = Array.from({ length: 120 }, () => least + width * draw.next());
  const limits = cusumLimits(mix, CASES, { next: seededRandom(1).next });
  expect(limits.falseAlarms).toBeLessThanOrEqual(0.05);
  expect(limits.falseAlarms).toBeGreaterThan(0.035);
  // Other runs than those that the limits were made from.
  const other = seededRandom(99);
  let alarms = 0;
  for (let run = 0; run < RUNS; run++) {
    const p = Array.from({ length: CASES }, () => mix[Math.floor(other.next() * mix.length)] ?? 0);
    const y = p.map((one) => (other.next() < one ? 1 : 0));
    const signals = (ratio: number, limit: number) => cusum(y, p, ratio, limit).some(({ signal }) => signal);
    if (signals(WATCHED.more, limits.more) || signals(WATCHED.fewer, limits.fewer)) alarms++;
  }
  // Three standard errors of both simulations together.
  expect(Math.abs(alarms / RUNS - limits.falseAlarms)).toBeLessThan(3 * Math.sqrt((2 * 0.05 * 0.95) / RUNS));
});

test('limits depend on the mix, and there are none of nobody or of a certainty', () => {
  const limit = (p: number) => cusumLimits([p], 100, { next: seededRandom(3).next, runs: 500 }).more;
  expect(limit(0.05)).not.toBeCloseTo(limit(0.5), 1);
  expect(() => cusumLimits([], 100, { next: Math.random })).toThrow('There is no patient');
  expect(() => cusumLimits([1], 100, { next: Math.random })).toThrow('between 0 and 1');
});
