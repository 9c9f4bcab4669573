import { describe, expect, it } from 'vitest';
import { ageAtStudy } from '../../../../../src/main/study/series/patient-age.ts';

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
});
