import { describe, expect, it } from 'vitest';
import { dayNumber, moment, secondsBetween, secondsOfDay } from '../../../../../src/main/study/series/dicom-time.ts';

describe('DICOM times', () => {
  it.each([
    ['101527.250000', 10 * 3600 + 15 * 60 + 27.25],
    ['1015', 10 * 3600 + 15 * 60],
    ['10', 36_000],
    ['10:15:27', 10 * 3600 + 15 * 60 + 27],
    ['235960', 86_400],
    ['90512', 9 * 3600 + 5 * 60 + 12],
  ])('reads %s', (value, seconds) => {
    expect(secondsOfDay(value)).toBeCloseTo(seconds, 6);
  });

  it.each(['', '2515', '106000', 'noon', '10-15'])('refuses %j', (value) => {
    expect(secondsOfDay(value)).toBeUndefined();
  });

  it('reads dates with and without the dots of ACR-NEMA', () => {
    expect(dayNumber('20240229')).toBe(dayNumber('2024.02.29'));
    expect(dayNumber('20241301')).toBeUndefined();
  });

  it('prefers a date-time and ignores its time zone, which all times of a study share', () => {
    const facts = { AcquisitionDateTime: '20240301120000.5+0800', AcquisitionTime: '010101' };
    expect(moment(facts, { dateTime: 'AcquisitionDateTime', time: 'AcquisitionTime' })?.seconds).toBe(43_200.5);
  });

  it('keeps an examination across midnight together', () => {
    expect(secondsBetween({ seconds: 86_390 }, { seconds: 20 })).toBe(30);
    expect(secondsBetween({ seconds: 20 }, { seconds: 86_390 })).toBe(-30);
    expect(secondsBetween({ seconds: 86_390, day: 1 }, { seconds: 20, day: 2 })).toBe(30);
  });
});
