import { describe, expect, it } from 'vitest';
import { cusum, cusumWeight } from '#shared/statistics/cusum.ts';
import { chiSquareUpper, fUpper, tQuantile } from '#shared/statistics/distributions.ts';
import { holm } from '#shared/statistics/holm.ts';
import { kappa } from '#shared/statistics/kappa.ts';
import { cStandardError, patientsForC, patientsForObservedExpected } from '#shared/statistics/sample-size.ts';
import { p1, r1, r2, y } from './vector-a.ts';

const scale = [1, 2, 3, 4, 5];

it.each([
  ['unweighted', 0.46666667, 0.126856],
  ['linear', 0.71084337, 0.075612],
  ['quadratic', 0.87381703, 0.038819],
] as const)('agreement of two readers, %s, with its standard error (R: vcd)', (weights, value, error) => {
  const found = kappa(r1, r2, scale, weights);
  expect(found.kappa).toBeCloseTo(value, 7);
  expect(found.standardError).toBeCloseTo(error, 6);
});

it('says nothing of readers who gave the same grade to all, or one off the scale', () => {
  expect(() => kappa([2, 2], [2, 2], scale)).toThrow(/chance/);
  expect(() => kappa([2, 9], [2, 2], scale)).toThrow(/row 2/);
});

it.each([6, 7, 10])('says so of %i patients, too, whose shares do not add up to one', (patients) => {
  const same = Array.from({ length: patients }, () => 3);
  expect(() => kappa(same, same, scale, 'quadratic')).toThrow(/chance/);
});

describe('CUSUM', () => {
  it('adds Steiner’s weights', () => {
    const steps = cusum(y, p1, 2);
    const weights = [0.094311, -0.270027, -0.113329, 0.198451, -0.371564, -0.076961];
    for (const [index, weight] of weights.entries()) expect(steps[index]?.weight).toBeCloseTo(weight, 6);
    const values = [
      0.09431, 0, 0, 0.19845, 0, 0, 0.15665, 0, 0, 0, 0.37106, 0.11642, 0.06763, 0.11892, 0, 0, 0, 0.27444, 0, 0,
      0.30788, 0.07677, 0, 0.17435,
    ];
    for (const [index, value] of values.entries()) expect(steps[index]?.value).toBeCloseTo(value, 5);
  });

  it.each([
    [0, 2, -0.024, 0.669],
    [50, 2, -0.433, 0.26],
    [0, 0.5, 0.012, -0.681],
    [50, 0.5, 0.316, -0.377],
  ])('as published for a risk score of %s and odds ratio %s', (score, ratio, without, withEvent) => {
    const p = 1 / (1 + Math.exp(3.68 - 0.077 * score));
    expect(cusumWeight(0, p, ratio)).toBeCloseTo(without, 3);
    expect(cusumWeight(1, p, ratio)).toBeCloseTo(withEvent, 3);
  });

  it('signals at its limit', () => {
    expect(cusum(y, p1, 2, 0.37).findIndex(({ signal }) => signal)).toBe(10);
  });
});

it('corrects p values for all comparisons together (R: p.adjust "holm")', () => {
  const adjusted = holm([0.01, 0.04, 0.03, 0.005]);
  for (const [index, p] of [0.03, 0.06, 0.06, 0.02].entries()) expect(adjusted[index]).toBeCloseTo(p, 12);
});

describe('how many patients a validation needs (Riley 2021)', () => {
  it.each([
    [0.14, 615],
    [0.2, 400],
    [0.4, 150],
  ])('for observed over expected at an event rate of %s', (rate, patients) => {
    expect(patientsForObservedExpected(rate)).toBe(patients);
  });

  it.each([
    [0.14, 626],
    [0.2, 471],
    [0.4, 315],
  ])('for a C statistic of 0.80 within 0.10, at an event rate of %s', (rate, patients) => {
    expect(patientsForC(0.8, rate)).toBe(patients);
  });

  it.each([
    [64, 0.2, 0.065],
    [64, 0.4, 0.053],
    [191, 0.2, 0.037],
    [191, 0.4, 0.03],
  ])('what %i patients at an event rate of %s leave open', (n, rate, error) => {
    expect(cStandardError(0.83, n, rate)).toBeCloseTo(error, 3);
  });
});

it('rests on distributions as R has them', () => {
  expect(chiSquareUpper(4.8088047, 2)).toBeCloseTo(0.09031946, 8);
  expect(fUpper(4.4848543, 1, 15.066108)).toBeCloseTo(0.05123303, 7);
  expect(tQuantile(0.975, 15.066108)).toBeCloseTo(2.13064, 5);
});
