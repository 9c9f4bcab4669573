import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type ModelFactor, modelManifestSchema } from '#shared/model/manifest.ts';
import { sigmoid } from '#shared/statistics/log-odds.ts';
import { noReach, predictionInterval, quantile, reachOfMissing } from '../../../../src/main/inference/interval.ts';
import { mahalanobisSquared } from '../../../../src/main/inference/novelty.ts';
import { repositoryRoot } from './support.ts';

describe('predictionInterval', () => {
  it('takes the central quantiles of the members (type 7, as numpy.quantile)', () => {
    // numpy.quantile([1, 2, 3, 4, 10], [0.05, 0.95]) = [1.2, 8.8]
    expect(quantile([1, 2, 3, 4, 10], 0.05)).toBeCloseTo(1.2, 12);
    expect(quantile([1, 2, 3, 4, 10], 0.95)).toBeCloseTo(8.8, 12);
  });

  it('gives probabilities in order, whatever the order of the members', () => {
    const { low, high, level } = predictionInterval([1, -1, 0], 1, 0);
    expect([level, low, high]).toEqual([1, sigmoid(-1), sigmoid(1)]);
  });

  it('always holds the reported probability', () => {
    expect(predictionInterval([0.2], 0.95, 0).low).toBe(0.5);
  });

  it('adds what is missing to the ensemble as two errors that know nothing of each other', () => {
    // Members reach 3 below and 1 above; what is missing 4 below: √(3² + 4²) = 5.
    const { low, high, widened } = predictionInterval([-3, 0, 1], 1, 0, { low: -4, high: 0 });
    expect(low).toBeCloseTo(sigmoid(-5), 12);
    expect(high).toBeCloseTo(sigmoid(1), 12);
    expect(widened).toBe(true);
  });
});

describe('reachOfMissing', () => {
  const factor = (id: string, spread: [number, number]): ModelFactor => ({
    id,
    unit: '1',
    transform: 'identity',
    center: 0,
    scale: 1,
    coefficient: 1,
    range: null,
    missing: 'training-mean',
    spread,
  });
  const missing = (id: string, spread: [number, number]) => ({
    factor: factor(id, spread),
    value: null,
    z: 0,
    gap: { code: 'missing', text: '' },
  });
  const channel = (role: 'arterial' | 't2', spread?: [number, number]) => ({
    role,
    required: false,
    ...(spread ? { spread } : {}),
  });

  it('sums what is missing, factors and images alike, and leaves out what is there', () => {
    const there = { ...missing('c', [-9, 9]), value: 1 };
    const reach = reachOfMissing(
      [missing('a', [-0.5, 0.25]), missing('b', [-1, 2]), there],
      { channels: [channel('arterial', [-8, 8]), channel('t2', [-0.25, 0.5])] },
      [
        { role: 'arterial', coverage: 1 },
        { role: 't2', coverage: 0 },
      ],
    );
    expect(reach).toEqual({ low: -1.75, high: 2.75 });
  });

  it('raises the sum in proportion where images reach further together, for two or more that are missing', () => {
    const channels = [channel('arterial', [-1, 2]), channel('t2', [-3, 2])];
    const optionalImages = { spread: [-2, 5] as [number, number] };
    const of = (...there: string[]) =>
      reachOfMissing(
        [],
        { channels, optionalImages },
        there.map((role) => ({ role, coverage: 1 })),
      );
    expect(of()).toEqual({ low: -4, high: 5 });
    expect(of('t2')).toEqual({ low: -1, high: 2 });
    expect(of('t2', 'arterial')).toEqual(noReach);
  });

  it('of the shipped model with no optional image holds what these changed together in training, on both sides', () => {
    const file = resolve(repositoryRoot, 'resources/models/inceptionv4-haic-sim/model.json');
    const manifest = modelManifestSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const [low, high] = manifest.optionalImages?.spread ?? [Number.NaN, Number.NaN];
    const reach = reachOfMissing([], manifest, [{ role: 'arterial', coverage: 1 }]);
    expect(reach?.low).toBeLessThanOrEqual(low);
    expect(reach?.high).toBeGreaterThanOrEqual(high - 1e-9);
  });

  it('is not known where the package does not say how far a missing image reaches', () => {
    expect(reachOfMissing([], { channels: [channel('t2')] }, [])).toBeUndefined();
    expect(reachOfMissing([], { channels: [channel('t2')] }, [{ role: 't2', coverage: 0.5 }])).toEqual(noReach);
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
