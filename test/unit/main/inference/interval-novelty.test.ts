import { describe, expect, it } from 'vitest';
import { memberInterval, quantile } from '../../../../src/main/inference/interval.ts';
import { mahalanobisSquared } from '../../../../src/main/inference/novelty.ts';
import { sigmoid } from '../../../../src/main/inference/read-outputs.ts';

describe('memberInterval', () => {
  it('takes the central quantiles of the members (type 7, as numpy.quantile)', () => {
    // numpy.quantile([1, 2, 3, 4, 10], [0.05, 0.95]) = [1.2, 8.8]
    expect(quantile([1, 2, 3, 4, 10], 0.05)).toBeCloseTo(1.2, 12);
    expect(quantile([1, 2, 3, 4, 10], 0.95)).toBeCloseTo(8.8, 12);
  });

  it('gives probabilities in order, whatever the order of the members', () => {
    const { low, high, level } = memberInterval([1, -1, 0], 1, sigmoid(0));
    expect([level, low, high]).toEqual([1, sigmoid(-1), sigmoid(1)]);
  });

  it('always holds the reported probability', () => {
    expect(memberInterval([0.2], 0.95, 0.5)).toMatchObject({ low: 0.5 });
  });
});

describe('mahalanobisSquared', () => {
  it('weighs the distance by the precision matrix', () => {
    // (1, 2) · [[2, 0.5], [0.5, 1]] · (1, 2)ᵀ = 2 + 2·0.5·2 + 4 = 8.
    const novelty = {
      mean: [1, 1],
      precision: [
        [2, 0.5],
        [0.5, 1],
      ],
      limit: 1,
      quantile: 0.9,
    };
    expect(mahalanobisSquared([2, 3], novelty)).toBeCloseTo(8, 12);
  });
});
