import { describe, expect, it } from 'vitest';
import { type CaseFacts, contradictions } from '#shared/clinical/contradictions.ts';
import type { FactorValues } from '#shared/clinical/factor-values.ts';

const facts: CaseFacts = {
  lesionDiametersMm: [86.4, 20],
  ageYears: 58,
  sex: 'M',
  studyDate: '20260317',
  today: '2026-04-01',
};
const found = (values: FactorValues, change: Partial<CaseFacts> = {}) =>
  contradictions(values, { ...facts, ...change }).map(({ factor, code }) => [factor, code]);

describe('factors and the measured lesions', () => {
  it('contradict each other where a typed diameter is another tumour’s, and the measured one is offered', () => {
    const [problem] = contradictions({ largestDiameter: { value: 6.2, unit: 'cm' } }, facts);
    expect(problem).toMatchObject({
      code: 'diameter-measured',
      params: { typed: 62, measured: 86.4 },
      repairs: [{ value: 86.4, unit: 'mm', origin: 'lesion' }],
    });
    expect(found({ largestDiameter: { value: 80, unit: 'mm' } })).toEqual([]);
    expect(found({ largestDiameter: { value: 62, unit: 'mm' } }, { lesionDiametersMm: [] })).toEqual([]);
  });

  it('contradict each other where more lesions are measured than were counted', () => {
    expect(contradictions({ tumourNumber: { value: 1 } }, facts)).toMatchObject([
      { code: 'number-measured', repairs: [{ value: 2, origin: 'lesion' }] },
    ]);
    expect(found({ tumourNumber: { value: 3 } })).toEqual([]);
  });
});

describe('factors and the images', () => {
  it('contradict each other about age and sex', () => {
    expect(contradictions({ age: { value: 85 }, sex: { value: 'female' } }, facts)).toMatchObject([
      { code: 'age-study', repairs: [{ value: 58, unit: 'years' }] },
      { code: 'sex-study', repairs: [{ value: 'male' }] },
    ]);
    expect(found({ age: { value: 59 }, sex: { value: 'male' } })).toEqual([]);
    expect(found({ age: { value: 85 }, sex: { value: 'female' } }, { ageYears: undefined, sex: undefined })).toEqual(
      [],
    );
  });

  it('are told apart where a sample is from another time, or from no time yet', () => {
    const dated = (date: string): FactorValues => ({ albumin: { value: 40, unit: 'g/L', date } });
    expect(found(dated('2026-03-01'))).toEqual([]);
    expect(found(dated('2026-02-16'))).toEqual([['albumin', 'date-study']]);
    expect(found(dated('2026-04-01'))).toEqual([]);
    expect(found(dated('2026-04-02'))).toEqual([['albumin', 'date-future']]);
  });
});

describe('factors among themselves', () => {
  it('contradict each other about hepatitis B, on both sides', () => {
    const negative: FactorValues = { hbsAg: { value: 'negative' } };
    expect(found({ ...negative, hbvDna: { value: 2300, unit: 'IU/mL' } })).toEqual([
      ['hbsAg', 'hbv-contradicts'],
      ['hbvDna', 'hbv-contradicts'],
    ]);
    expect(found({ ...negative, hbvDna: { value: 20, comparator: '<', unit: 'IU/mL' } })).toEqual([]);
    expect(found({ hbsAg: { value: 'positive' }, hbvDna: { value: 2300, unit: 'IU/mL' } })).toEqual([]);
  });

  // World J Gastroenterol 2022;28:704, Figure 2: I is Vp2, II Vp3, III Vp4; Vp1 and the superior mesenteric vein have no pair.
  it.each([
    ['vp0', 'none', false],
    ['vp2', 'I', false],
    ['vp3', 'II', false],
    ['vp4', 'III', false],
    ['vp1', 'I', false],
    ['vp4', 'IV', false],
    ['vp0', 'IV', false],
    ['vp3', 'III', true],
    ['vp0', 'I', true],
    ['vp2', 'none', true],
  ])('%s beside Cheng type %s: %s', (vp, cheng, contradicts) => {
    const codes = found({ pvtt: { value: vp }, cheng: { value: cheng } }).map(([, code]) => code);
    expect(codes).toEqual(contradicts ? ['thrombus-contradicts', 'thrombus-contradicts'] : []);
  });

  it('are fine where nothing is known', () => {
    expect(contradictions({}, facts)).toEqual([]);
  });
});
