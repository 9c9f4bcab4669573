import { describe, expect, it } from 'vitest';
import { contrastClock } from '../../../../../src/main/study/series/contrast-clock.ts';

describe('time after contrast', () => {
  it('counts every series from the injection that one of them records', () => {
    const clock = contrastClock([
      { AcquisitionTime: '095500' },
      { AcquisitionTime: '100028.5', ContrastBolusStartTime: '100000' },
      { AcquisitionTime: '100310' },
    ]);
    expect(clock.secondsAfter).toEqual([-300, 28.5, 190]);
    expect(clock.disputed).toBe(false);
  });

  it('gives each series only its own injection where they disagree', () => {
    const clock = contrastClock([
      { AcquisitionTime: '100030', ContrastBolusStartTime: '100000' },
      { AcquisitionTime: '101030', ContrastBolusStartTime: '101000' },
      { AcquisitionTime: '101200' },
    ]);
    expect(clock.secondsAfter).toEqual([30, 30, undefined]);
    expect(clock.disputed).toBe(true);
  });

  it('believes no injection that is hours away, and none at 00:00:00', () => {
    expect(contrastClock([{ AcquisitionTime: '180000', ContrastBolusStartTime: '100000' }]).secondsAfter).toEqual([
      undefined,
    ]);
    expect(contrastClock([{ AcquisitionTime: '000030', ContrastBolusStartTime: '000000' }]).secondsAfter).toEqual([
      undefined,
    ]);
  });
});
