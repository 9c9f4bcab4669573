import { describe, expect, test } from 'vitest';
import { endpointsOf } from '#shared/course/endpoints.ts';
import { followUpDue, isOutcomeMissing, summariseCourse } from '#shared/course/reminders.ts';
import { sampleCourse, sampleTimePoint } from './sample-course.ts';

const start = '2026-03-24';

describe('times to an event', () => {
  test('progression, then death: PFS and TTP end with progression, OS with death', () => {
    expect(endpointsOf({ start, progression: '2026-06-02', death: '2026-12-01' })).toStrictEqual({
      pfs: { days: 70, event: true, kind: 'progression' },
      ttp: { days: 70, event: true, kind: 'progression' },
      os: { days: 252, event: true, kind: 'death' },
    });
  });

  test('death without progression is an event of PFS and censors TTP at the last assessment', () => {
    expect(endpointsOf({ start, death: '2026-05-03', lastAssessment: '2026-04-23' })).toStrictEqual({
      pfs: { days: 40, event: true, kind: 'death' },
      ttp: { days: 30, event: false, censoring: 'died-without-progression' },
      os: { days: 40, event: true, kind: 'death' },
    });
  });

  test('alive without progression: censored at the last assessment and the last contact', () => {
    expect(endpointsOf({ start, lastContact: '2026-07-02', lastAssessment: '2026-06-02' })).toStrictEqual({
      pfs: { days: 70, event: false, censoring: 'last-assessment' },
      ttp: { days: 70, event: false, censoring: 'last-assessment' },
      os: { days: 100, event: false, censoring: 'last-contact' },
    });
  });

  test('what was not entered, or lies before the start, is not there', () => {
    expect(endpointsOf({ start })).toStrictEqual({});
    expect(endpointsOf({ death: '2026-05-03' })).toStrictEqual({});
    expect(endpointsOf({ start, death: '2026-03-23' })).toStrictEqual({});
  });
});

describe('what is due', () => {
  test('the next image, so many weeks after the last one; nothing before treatment', () => {
    const [baseline] = sampleCourse().timePoints;
    if (!baseline) throw new Error('no baseline');
    expect(followUpDue(sampleCourse({ cycles: [] }))).toBeUndefined();
    expect(followUpDue(sampleCourse())).toBe('2026-05-05');
    const seen = sampleTimePoint('f1', '2026-05-12', {});
    expect(followUpDue(sampleCourse({ timePoints: [baseline, seen] }))).toBe('2026-06-23');
    const plan = { options: {}, followUpWeeks: 8 };
    expect(followUpDue(sampleCourse({ plan }))).toBe('2026-05-19');
  });

  test('an outcome, once treatment has ended', () => {
    expect(isOutcomeMissing(sampleCourse())).toBe(false);
    const end = { date: '2026-06-01', reason: 'P' as const };
    expect(isOutcomeMissing(sampleCourse({ end }))).toBe(true);
    const outcome = { best: {}, endpoints: {}, confirmedBy: 'a', confirmedAt: '2026-07-01T00:00:00.000Z' };
    const closed = sampleCourse({ end, outcome });
    expect(isOutcomeMissing(closed)).toBe(false);
    expect(summariseCourse(closed)).toMatchObject({ state: 'closed', followUpDue: undefined, cycles: 1, followUps: 0 });
  });
});
