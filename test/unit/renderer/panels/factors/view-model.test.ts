import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import {
  commonSampleDate,
  factorsUsed,
  groupModels,
  neededByModel,
  offerFor,
  withEntry,
  withSampleDate,
} from '../../../../../src/renderer/panels/factors/view-model.ts';

const modelIds = ['nlr', 'afp', 'pivkaII', 'pvtt'];

describe('groupModels', () => {
  it('shows every factor once and counts what was entered', () => {
    const groups = groupModels({
      age: { value: 58 },
      afp: { value: 3, unit: 'ng/mL' },
      albumin: { value: 3.5, unit: 'g/L' }, // refused, so not entered
    });
    expect(groups.map(({ id, factors, entered }) => [id, entered, factors.length])).toEqual([
      ['patient', 1, 8],
      ['liver', 0, 11],
      ['markers', 1, 2],
      ['blood', 0, 6],
      ['tumour', 0, 8],
      ['treatment', 0, 4],
    ]);
  });

  it('leaves out what the model does not use when asked to', () => {
    const groups = groupModels({}, factorsUsed(modelIds));
    expect(groups.map(({ id, factors }) => [id, factors.map((one) => one.id)])).toEqual([
      ['markers', ['afp', 'pivkaII']],
      ['blood', ['neutrophils', 'lymphocytes']],
      ['tumour', ['pvtt']],
    ]);
  });
});

describe('what the model needs', () => {
  it('names the factors behind a ratio', () => {
    expect([...factorsUsed(['nlr', 'albi', 'age', 'unheard-of'])].sort()).toEqual([
      'age',
      'albumin',
      'bilirubin',
      'lymphocytes',
      'neutrophils',
    ]);
  });

  it('asks only for what is missing or of no use to it', () => {
    const values: FactorValues = {
      neutrophils: { value: 4, unit: '10^9/L' },
      afp: { value: 400, unit: 'IU/mL' },
      pivkaII: { value: 7, unit: 'ng/mL' },
      pvtt: { value: 'vp0' },
    };
    expect(neededByModel(values, modelIds)).toEqual(['afp', 'pivkaII', 'lymphocytes']);
  });
});

describe('withEntry', () => {
  it('replaces and removes without touching the rest', () => {
    const values: FactorValues = { age: { value: 58 }, sex: { value: 'male' } };
    expect(withEntry(values, 'age', { value: 59 })).toEqual({ age: { value: 59 }, sex: { value: 'male' } });
    expect(withEntry(values, 'age', undefined)).toEqual({ sex: { value: 'male' } });
    expect(values.age).toEqual({ value: 58 });
  });
});

describe('the largest diameter', () => {
  const taken = { value: 84.2, unit: 'mm', origin: 'lesion' } as const;

  it('is offered where a person wrote another', () => {
    const own: FactorValues = { largestDiameter: { value: 9, unit: 'cm' } };
    expect(offerFor(own, 'largestDiameter', { measuredDiameterMm: 84.23 })).toEqual(taken);
    expect(offerFor(own, 'largestDiameter', { measuredDiameterMm: 90 })).toBeUndefined();
  });
});

describe('offers of the images', () => {
  it('are age and sex, while they differ', () => {
    const measured = { ageYears: 58.7, sex: 'F' };
    expect(offerFor({}, 'age', measured)).toEqual({ value: 58, unit: 'years', origin: 'study' });
    expect(offerFor({ age: { value: 58 } }, 'age', measured)).toBeUndefined();
    expect(offerFor({ sex: { value: 'male' } }, 'sex', measured)?.value).toBe('female');
    expect(offerFor({}, 'sex', { sex: 'O' })).toBeUndefined();
    expect(offerFor({}, 'afp', measured)).toBeUndefined();
  });
});

describe('the date of the blood sample', () => {
  const values: FactorValues = {
    alt: { value: 40, unit: 'U/L', date: '2026-03-10' },
    ast: { value: 40, unit: 'U/L' },
    afp: { value: 40, unit: 'ng/mL', date: '2026-02-01' },
    pvtt: { value: 'vp3' },
    largestDiameter: { value: 84, unit: 'mm' },
  };

  it('goes to the values that had none or the one before, and to no other', () => {
    const dated = withSampleDate(values, '2026-03-14', '2026-03-10');
    expect(dated.alt?.date).toBe('2026-03-14');
    expect(dated.ast?.date).toBe('2026-03-14');
    expect(dated.afp?.date).toBe('2026-02-01');
    expect(dated.pvtt).toEqual({ value: 'vp3' });
    expect(dated.largestDiameter?.date).toBeUndefined();
  });

  it('can be taken away again', () => {
    const { alt } = withSampleDate(values, '', '2026-03-10');
    expect(alt).toEqual({ value: 40, unit: 'U/L' });
  });

  it('is common only where all that have one agree', () => {
    expect(commonSampleDate(values)).toBeUndefined();
    expect(commonSampleDate(withEntry(values, 'afp', undefined))).toBe('2026-03-10');
    expect(commonSampleDate({})).toBeUndefined();
  });
});
