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

  it('is unknown rather than guessed', () => {
    expect(ageAtStudy('', '', '20240301')).toBeUndefined();
    expect(ageAtStudy('57', '20250101', '20240301')).toBeUndefined();
  });
});
