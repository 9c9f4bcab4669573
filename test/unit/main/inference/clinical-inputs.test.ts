import { describe, expect, it } from 'vitest';
import type { ModelFactor } from '#shared/model/manifest.ts';
import { clinicalInputs, contributionRange } from '../../../../src/main/inference/clinical-inputs.ts';

const factor = (changes: Partial<ModelFactor>): ModelFactor => ({
  id: 'afp',
  unit: 'ng/mL',
  transform: 'log10p1',
  center: 2,
  scale: 0.5,
  coefficient: -0.4,
  range: [9, 9999],
  missing: 'training-mean',
  ...changes,
});

const only = (one: ModelFactor, factors: Parameters<typeof clinicalInputs>[1]) => clinicalInputs([one], factors)[0];

describe('clinicalInputs', () => {
  it('transforms, centres and scales a value in the canonical unit', () => {
    // log10(999 + 1) = 3.
    expect(only(factor({}), { afp: { value: 999, unit: 'µg/L' } })).toMatchObject({
      value: 999,
      z: (3 - 2) / 0.5,
      gap: null,
    });
  });

  it.each([
    ['identity', 16, 16],
    ['log10', 100, 2],
    ['log10p1', 99, 2],
    ['sqrt', 16, 4],
  ] as const)('knows the transform %s', (transform, value, transformed) => {
    const one = factor({ id: 'alt', unit: 'U/L', transform, center: 0, scale: 1 });
    expect(only(one, { alt: { value, unit: 'U/L' } })?.z).toBeCloseTo(transformed, 12);
  });

  it('computes derived inputs: NLR = neutrophils / lymphocytes', () => {
    const nlr = factor({ id: 'nlr', unit: '1', transform: 'identity', center: 0, scale: 1, range: [1, 8] });
    const blood = { neutrophils: { value: 4.5, unit: '10^9/L' }, lymphocytes: { value: 1500, unit: '/µL' } };
    expect(only(nlr, blood)?.z).toBeCloseTo(3, 12);
  });

  it('masks what is missing, cannot be converted or has no logarithm, with the reason', () => {
    expect(only(factor({}), {})).toMatchObject({ value: null, z: 0, gap: { code: 'missing' } });
    const pivka = factor({ id: 'pivkaII', unit: 'mAU/mL' });
    expect(only(pivka, { pivkaII: { value: 7, unit: 'ng/mL', assay: 'uTASWako' } })).toMatchObject({
      value: null,
      z: 0,
      gap: { code: 'not-convertible' },
    });
    const log = factor({ id: 'hbvDna', unit: 'IU/mL', transform: 'log10', extrapolate: 'linear' });
    expect(only(log, { hbvDna: { value: 0, unit: 'IU/mL' } })).toMatchObject({
      value: null,
      z: 0,
      gap: { code: 'transform' },
    });
  });
});

describe('a value that training never saw', () => {
  it('counts as the nearest end of the training range, which is said beside the value', () => {
    // log10(9999 + 1) = 4, log10(9 + 1) = 1.
    expect(only(factor({}), { afp: { value: 90_000, unit: 'ng/mL' } })).toMatchObject({
      value: 90_000,
      countedAs: 9999,
      z: (4 - 2) / 0.5,
    });
    expect(only(factor({}), { afp: { value: 1, unit: 'ng/mL' } })).toMatchObject({ countedAs: 9, z: (1 - 2) / 0.5 });
    expect(only(factor({}), { afp: { value: 999, unit: 'ng/mL' } })).not.toHaveProperty('countedAs');
  });

  it('counts as itself where the package says so', () => {
    const linear = only(factor({ extrapolate: 'linear' }), { afp: { value: 99_999, unit: 'ng/mL' } });
    expect(linear).toMatchObject({ value: 99_999, z: (5 - 2) / 0.5 });
    expect(linear).not.toHaveProperty('countedAs');
  });

  it('contributes nothing where it is an option that no training patient had', () => {
    const seen = factor({
      id: 'coTherapy',
      unit: '1',
      transform: 'identity',
      range: null,
      categories: ['none', 'tki+ici'],
    });
    expect(only(seen, { coTherapy: { value: 'ici' } })).toMatchObject({
      value: null,
      z: 0,
      gap: { code: 'unseen-category' },
    });
    expect(only(seen, { coTherapy: { value: 'tki+ici' } })).toMatchObject({ value: 1, gap: null });
  });
});

describe('contributionRange', () => {
  it('is what the package states of the middle 90 % of its training patients, where it does', () => {
    expect(contributionRange(factor({ spread: [-0.3, 0.2] }))).toEqual({ low: -0.3, high: 0.2 });
  });

  it('spans what the factor can add within its training range', () => {
    // z = (1 − 2)/0.5 = −2 and (4 − 2)/0.5 = 4; coefficient −0.4.
    const { low, high } = contributionRange(factor({}));
    expect(low).toBeCloseTo(-1.6, 12);
    expect(high).toBeCloseTo(0.8, 12);
  });

  it('takes 0 and 1 for a yes/no factor', () => {
    const yesNo = factor({
      id: 'priorTreatment',
      transform: 'identity',
      center: 0.4,
      scale: 1,
      range: null,
      coefficient: 1,
    });
    expect(contributionRange(yesNo)).toEqual({ low: -0.4, high: 0.6 });
  });
});
