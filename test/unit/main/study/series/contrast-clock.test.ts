import { describe, expect, it } from 'vitest';
import { contrastClock, stackTimes } from '../../../../../src/main/study/series/contrast-clock.ts';

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

  it('takes the next best time and names its attribute', () => {
    const [acquired, content, series, none] = stackTimes([
      { AcquisitionDateTime: '20240301100000', ContentTime: '110000' },
      { ContentTime: '110000', SeriesTime: '100000' },
      { SeriesTime: '100000' },
      {},
    ]);
    expect([acquired?.source, content?.source, series?.source, none]).toEqual([
      'acquisition',
      'content',
      'series',
      undefined,
    ]);
  });

  it('tells phases of one series apart by TriggerTime, and by temporal position with its resolution', () => {
    const phase = (TemporalPositionIdentifier: number, more: object) => ({
      SeriesInstanceUID: '1',
      AcquisitionTime: '100000',
      TemporalPositionIdentifier,
      ...more,
    });
    const seconds = (facts: object[]) => stackTimes(facts.map((f) => ({ ...f }))).map((time) => time?.seconds);
    expect(seconds([phase(1, { TriggerTime: 0 }), phase(2, { TriggerTime: 25_000 })])).toEqual([36_000, 36_025]);
    expect(seconds([phase(1, { TemporalResolution: 20_000 }), phase(3, { TemporalResolution: 20_000 })])).toEqual([
      36_000, 36_040,
    ]);
    // Without either, an order would be invented.
    expect(seconds([phase(1, {}), phase(2, {})])).toEqual([undefined, undefined]);
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
