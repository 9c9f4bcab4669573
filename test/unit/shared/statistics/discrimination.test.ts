import { describe, expect, it } from 'vitest';
import { auc, aucWithInterval, compareAucs } from '#shared/statistics/auc.ts';
import { netBenefit } from '#shared/statistics/decision-curve.ts';
import { proportion } from '#shared/statistics/proportion.ts';
import { atThreshold, rocCurve, youden } from '#shared/statistics/roc.ts';
import { p1, p2, y } from './vector-a.ts';

describe('the area under the ROC curve, as R’s pROC has it', () => {
  it('with DeLong’s variance and interval', () => {
    const first = aucWithInterval(y, p1);
    expect(first.auc).toBeCloseTo(0.9375, 10);
    expect(first.variance).toBeCloseTo(0.0021577381, 9);
    expect(first.interval?.low).toBeCloseTo(0.84646, 5);
    expect(first.interval?.high).toBe(1);
    const second = aucWithInterval(y, p2);
    expect(second.auc).toBeCloseTo(0.84765625, 10);
    expect(second.variance).toBeCloseTo(0.0061805362, 9);
    expect(second.interval?.low).toBeCloseTo(0.69357, 5);
  });

  it('of two scores compared on the same patients', () => {
    const compared = compareAucs(y, p1, p2);
    expect(compared.covariance).toBeCloseTo(0.0023623512, 9);
    expect(compared.z).toBeCloseTo(1.4945812, 6);
    expect(compared.p).toBeCloseTo(0.13502377, 7);
    expect(compared.interval.low).toBeCloseTo(-0.027975551, 8);
    expect(compared.interval.high).toBeCloseTo(0.207663051, 8);
  });

  it('counts ties half, and stays under one half where a score points the wrong way', () => {
    expect(auc([0, 1], [0.4, 0.4])).toBe(0.5);
    expect(auc([0, 0, 1, 1], [0.9, 0.8, 0.2, 0.1])).toBe(0);
  });
});

describe('the ROC curve', () => {
  it('names both thresholds of Youden where they tie', () => {
    expect(youden(y, p1)).toEqual([
      { threshold: expect.closeTo(0.365, 9), sensitivity: 1, specificity: 0.75 },
      { threshold: expect.closeTo(0.46, 9), sensitivity: 0.875, specificity: 0.875 },
    ]);
  });

  it('runs from everybody positive to nobody, one step for equal scores', () => {
    const curve = rocCurve([0, 1, 1, 0], [0.2, 0.2, 0.9, 0.5]);
    expect(curve.map(({ sensitivity, specificity }) => [sensitivity, specificity])).toEqual([
      [1, 0],
      [0.5, 0.5],
      [0.5, 1],
      [0, 1],
    ]);
    expect(curve[0]?.threshold).toBe(Number.NEGATIVE_INFINITY);
    expect(curve.at(-1)?.threshold).toBe(Number.POSITIVE_INFINITY);
  });
});

it('counts at a threshold, which is positive itself', () => {
  expect(atThreshold(y, p1, 0.5)).toMatchObject({
    truePositives: 6,
    falsePositives: 2,
    trueNegatives: 14,
    falseNegatives: 2,
    sensitivity: { value: 0.75 },
    specificity: { value: 0.875 },
    ppv: { value: 0.75 },
    npv: { value: 0.875 },
    accuracy: { value: expect.closeTo(0.8333333, 6) },
  });
  expect(atThreshold([0, 1], [0.1, 0.5], 0.5)).toMatchObject({ truePositives: 1, falsePositives: 0 });
  expect(atThreshold([0, 1], [0.1, 0.2], 0.5).ppv).toBeUndefined();
});

it('gives a proportion Wilson’s and the exact interval (R: prop.test without correction, binom.test)', () => {
  const { wilson, exact } = proportion(6, 8);
  expect(wilson.low).toBeCloseTo(0.40927543, 7);
  expect(wilson.high).toBeCloseTo(0.92852079, 7);
  expect(exact.low).toBeCloseTo(0.34914421, 7);
  expect(exact.high).toBeCloseTo(0.96814597, 7);
  expect(proportion(0, 8).exact.low).toBe(0);
  expect(proportion(8, 8).exact.high).toBe(1);
});

it.each([
  [0.1, 0.268519, 0.259259],
  [0.2, 0.229167, 0.166667],
  [0.3, 0.208333, 0.047619],
  [0.4, 0.180556, -0.111111],
  [0.5, 0.166667, -0.333333],
  [0.6, 0.145833, -0.666667],
])('weighs the net benefit at %s', (threshold, model, all) => {
  const benefit = netBenefit(y, p1, threshold);
  expect(benefit.model).toBeCloseTo(model, 6);
  expect(benefit.treatAll).toBeCloseTo(all, 6);
});

describe('degenerate data give a sentence and no number', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['no event', () => auc([0, 0], [0.1, 0.2]), /No patient had the event/],
    ['events only', () => auc([1, 1], [0.1, 0.2]), /Every patient had the event/],
    ['no patient', () => auc([], []), /no patient/],
    ['a score that is no number', () => auc([0, 1], [0.1, Number.NaN]), /row 2 is no number/],
    ['an outcome of 2', () => auc([0, 2], [0.1, 0.2]), /0 or 1, not 2/],
    ['unequal lengths', () => auc([0, 1, 1], [0.1, 0.2]), /3 outcomes and 2 scores/],
    ['one event: no variance', () => aucWithInterval([0, 1, 0], [0.1, 0.5, 0.2]), /at least two events/],
    ['a score compared with itself', () => compareAucs(y, p1, p1), /alike/],
    ['a threshold of 1', () => netBenefit(y, p1, 1), /threshold probability/],
    ['a proportion of nobody', () => proportion(0, 0), /nobody/],
  ])('%s', (_name, compute, said) => {
    expect(compute).toThrow(said);
  });
});

it('takes a hundred thousand patients', () => {
  const scores = Array.from({ length: 100_000 }, (_none, index) => ((index * 7919) % 100_003) / 100_003);
  const outcomes = scores.map((score, index) => (score + ((index * 104_729) % 1_000) / 1_000 > 1 ? 1 : 0));
  expect(aucWithInterval(outcomes, scores).auc).toBeGreaterThan(0.8);
});
