import { describe, expect, it } from 'vitest';
import { ageAtStudy, isAgeDisputed } from '../../../../../src/main/study/series/patient-age.ts';

describe('age at the study', () => {
  it('is PatientAge where it is recorded, in any of its units (PS3.5 6.2)', () => {
    expect(ageAtStudy('057Y', '', '')).toBe(57);
    expect(ageAtStudy('018M', '', '')).toBe(1.5);
  });

  it('counts whole years up to the birthday', () => {
    expect(ageAtStudy('', '19700302', '20240301')).toBe(53);
    expect(ageAtStudy('', '19700301', '20240301')).toBe(54);
  });

  it.each(['000Y', '999Y', '000D', '121Y'])('is not the placeholder %s', (age) => {
    expect(ageAtStudy(age, '', '')).toBeUndefined();
    expect(ageAtStudy(age, '19700301', '20240301')).toBe(54);
  });

  it('is not a PatientAge that contradicts the birth date', () => {
    expect(ageAtStudy('030Y', '19700301', '20240301')).toBe(54);
    expect(ageAtStudy('053Y', '19700301', '20240301')).toBe(53);
    // A birth date that was made up by a de-identification contradicts nothing.
    expect(ageAtStudy('058Y', '18000101', '20240301')).toBe(58);
  });

  it('is unknown rather than guessed', () => {
    expect(ageAtStudy('', '', '20240301')).toBeUndefined();
    expect(ageAtStudy('57', '20250101', '20240301')).toBeUndefined();
  });

  it.each([
    ['an age without a unit is none', '60', '19590101', 61],
    ['dates with dashes are dates', '', '1960-02-01', 59],
    ['a year alone is no birth date', '', '19600000', undefined],
    ['another order is no birth date', '', '01.02.1960', undefined],
    ['nobody of 120 is treated', '', '19000101', undefined],
    ['nor by PatientAge', '119Y', '', undefined],
  ])('%s', (_, patientAge, birthDate, years) => {
    expect(ageAtStudy(patientAge, birthDate, '2020-01-02')).toBe(years);
  });

  it('is disputed where PatientAge contradicts the birth date, and not by a year or a placeholder', () => {
    expect(isAgeDisputed('012Y', '19600101', '20200102')).toBe(true);
    expect(isAgeDisputed('059Y', '19600101', '20200102')).toBe(false);
    expect(isAgeDisputed('000Y', '19600101', '20200102')).toBe(false);
    expect(isAgeDisputed('012Y', '19000101', '20200102')).toBe(false);
  });
});
