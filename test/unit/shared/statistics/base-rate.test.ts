import { describe, expect, it } from 'vitest';
import { interceptForRate, predictiveValues, predictiveValuesIn, withIntercept } from '#shared/statistics/base-rate.ts';
import generator from '../../../fixtures/generator-logits.json' with { type: 'json' };

describe('predictiveValues', () => {
  it('follows the counts of a worked table: 1,000 patients, 14% responders, sensitivity 0.8, specificity 0.75', () => {
    // 140 responders: 112 found, 28 missed. 860 others: 645 cleared, 215 wrongly called.
    const { ppv, npv } = predictiveValues(0.8, 0.75, 0.14);
    expect(ppv).toBeCloseTo(112 / (112 + 215), 12);
    expect(npv).toBeCloseTo(645 / (645 + 28), 12);
  });

  it('has no value where no such result can occur, and refuses what is no proportion', () => {
    expect(predictiveValues(0, 1, 0.5).ppv).toBeUndefined();
    expect(() => predictiveValues(1.2, 0.5, 0.5)).toThrow(RangeError);
  });
});

describe('interceptForRate', () => {
  const bins = [
    { logit: -2, n: 30 },
    { logit: 0, n: 40 },
    { logit: 1.5, n: 30 },
  ];
  const mean = (shift: number) =>
    bins.reduce((sum, { logit, n }) => sum + n / (1 + Math.exp(-(logit + shift))), 0) / 100;

  it('makes the mean of the reference population the stated rate', () => {
    for (const rate of [0.14, 0.3, 0.6]) expect(mean(interceptForRate(bins, rate))).toBeCloseTo(rate, 8);
  });

  it('moves a patient as it moves everybody, and leaves certainty alone', () => {
    expect(withIntercept(0.5, Math.log(3))).toBeCloseTo(0.75, 12);
    expect(withIntercept(0.63, 0)).toBeCloseTo(0.63, 12);
    expect([withIntercept(0, 2), withIntercept(1, -2)]).toEqual([0, 1]);
  });

  it('refuses a rate at which nobody or everybody responds', () => {
    for (const rate of [0, 1, -0.1, Number.NaN]) expect(() => interceptForRate(bins, rate)).toThrow(RangeError);
  });
});

describe('predictiveValuesIn', () => {
  const bins = [
    { logit: -2, n: 30 },
    { logit: 0, n: 40 },
    { logit: 1.5, n: 30 },
  ];
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

  it('is the mean probability on either side of the threshold, at it counting as over it', () => {
    const { ppv, npv } = predictiveValuesIn(bins, 0.5, 0);
    expect(ppv).toBeCloseTo((40 * 0.5 + 30 * sigmoid(1.5)) / 70, 12);
    expect(npv).toBeCloseTo(1 - sigmoid(-2), 12);
  });

  it('moves with the probabilities and leaves everybody on the side of the threshold where they were', () => {
    const { ppv, npv } = predictiveValuesIn(bins, 0.5, -1);
    expect(ppv).toBeCloseTo((40 * sigmoid(-1) + 30 * sigmoid(0.5)) / 70, 12);
    expect(npv).toBeCloseTo(1 - sigmoid(-3), 12);
  });

  it.each([0.14, 0.3, 0.6])(
    'adds up to the stated rate of %d: PPV of those over it and 1 − NPV of the others',
    (rate) => {
      const { ppv = Number.NaN, npv = Number.NaN } = predictiveValuesIn(bins, 0.5, interceptForRate(bins, rate));
      expect((70 * ppv + 30 * (1 - npv)) / 100).toBeCloseTo(rate, 8);
    },
  );

  it('has no value where nobody is on that side', () => {
    expect(predictiveValuesIn(bins, 0.99, 0).ppv).toBeUndefined();
    expect(predictiveValuesIn(bins, 0.001, 0).npv).toBeUndefined();
  });
});

describe('in the generator of the simulated patients, with perfect probabilities and the same case mix', () => {
  // Log-odds that the responses were drawn from: one sample makes the reference, another is the hospital.
  const { bins, hospital } = generator;

  it.each([0.14, 0.3, 0.6])('the mean at a stated rate of %d is within 0.01 of it', (rate) => {
    const shift = interceptForRate(bins, rate);
    const mean = hospital.reduce((sum, logit) => sum + 1 / (1 + Math.exp(-(logit + shift))), 0) / hospital.length;
    expect(Math.abs(mean - rate)).toBeLessThan(0.01);
  });
});
