import { describe, expect, it } from 'vitest';
import { predictiveValues, shiftedProbability } from '#shared/statistics/base-rate.ts';

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

describe('shiftedProbability', () => {
  it('leaves the probability alone at the training rate', () => {
    expect(shiftedProbability(0.63, 0.43, 0.43)).toBeCloseTo(0.63, 12);
  });

  it('equals Bayes’ theorem on likelihood ratios', () => {
    // Posterior odds 1 at prior odds 1: the likelihood ratio is 1, so any prior comes back unchanged.
    expect(shiftedProbability(0.5, 0.5, 0.14)).toBeCloseTo(0.14, 12);
  });

  it('refuses a rate at which nobody or everybody responds', () => {
    expect(() => shiftedProbability(0.5, 0.43, 0)).toThrow(RangeError);
  });
});
