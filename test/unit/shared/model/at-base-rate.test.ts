import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { modelManifestSchema } from '#shared/model/manifest.ts';
import { atBaseRate } from '../../../../src/shared/model/at-base-rate.ts';

const shipped = modelManifestSchema.parse(
  JSON.parse(readFileSync(resolve('resources/models/inceptionv4-haic-sim/model.json'), 'utf8')),
);
const threshold = shipped.threshold.value;
const prediction = { probability: threshold, interval: { level: 0.9, low: 0.3, high: 0.6 }, threshold };

describe('at a base rate', () => {
  it('predictive values and probability rest on one population: with the rate, all three move the same way', () => {
    const rates = [0.14, 0.3, shipped.baseRate, 0.6].map((rate) => atBaseRate(prediction, shipped, rate));
    for (const [k, at] of rates.entries()) {
      if (at.basis !== 'population') throw new Error('the shipped package carries a population');
      const before = rates[k - 1];
      expect(at.patients).toBe(2000);
      // A patient at the threshold is the least probable responder of those over it.
      expect(at.ppv).toBeGreaterThan(at.probability);
      expect(1 - (at.npv ?? Number.NaN)).toBeLessThan(at.probability);
      if (before?.basis !== 'population') continue;
      expect(at.ppv).toBeGreaterThan(before.ppv ?? Number.NaN);
      expect(at.npv).toBeLessThan(before.npv ?? Number.NaN);
      expect(at.probability).toBeGreaterThan(before.probability);
    }
  });

  it('at the rate of training agrees with what cross-validation counted there', () => {
    const at = atBaseRate(prediction, shipped, shipped.baseRate);
    const counted = shipped.metrics.find(({ cohort }) => cohort.startsWith('cross-validation'));
    if (at.basis !== 'population' || !counted?.sensitivity || !counted.specificity) throw new Error('both are stated');
    const [se, sp, p] = [counted.sensitivity.value, counted.specificity.value, shipped.baseRate];
    // Two points: 40 bins of 2.5 % each stand on one side of the threshold as a whole.
    expect(Math.abs((at.ppv ?? 0) - (se * p) / (se * p + (1 - sp) * (1 - p)))).toBeLessThan(0.02);
    expect(Math.abs((at.npv ?? 0) - (sp * (1 - p)) / (sp * (1 - p) + (1 - se) * p))).toBeLessThan(0.02);
    expect(Math.abs(at.probability - threshold)).toBeLessThan(0.002);
  });

  it('without a population gives no probability, and predictive values by Bayes from the cohort furthest from training', () => {
    const { population: _, ...rest } = shipped;
    const at = atBaseRate(prediction, rest, 0.14);
    if (at.basis !== 'metrics') throw new Error('the metrics state both');
    expect(at.source.cohort).toBe('external');
    const [se, sp] = [at.source.sensitivity.value, at.source.specificity.value];
    expect(at.ppv).toBeCloseTo((se * 0.14) / (se * 0.14 + (1 - sp) * 0.86), 12);
    expect(at).not.toHaveProperty('probability');
    expect(atBaseRate(prediction, { metrics: [] }, 0.14)).toEqual({ basis: 'none' });
  });
});
