import { describe, expect, it } from 'vitest';
import { shifted, shiftedDate, shiftedDateTime } from '../../../../../src/main/study/deidentify/dates.ts';

describe('shifted dates', () => {
  it.each([
    ['20240301', -1, '20240229'],
    ['20230101', -365, '20220101'],
    ['2024.03.01', -1, '20240229'],
    ['20240230', -1, undefined],
    ['2024', -1, undefined],
    ['yesterday', -1, undefined],
  ])('%s moved by %i days is %s', (date, days, expected) => {
    expect(shiftedDate(date, days)).toBe(expected);
  });

  it.each([
    ['20240301101112.5+0800', '20240229101112.5+0800'],
    ['20240301', '20240229'],
    ['20240301 Smith', undefined],
  ])('the date of %s moves, its time stays', (value, expected) => {
    expect(shiftedDateTime(value, -1)).toBe(expected);
  });

  it('moves all values or none', () => {
    expect(shifted('20240301\\20240302', 'DA', -1)).toBe('20240229\\20240301');
    expect(shifted('20240301\\soon', 'DA', -1)).toBeUndefined();
  });
});
