import { assembleCourse } from '#shared/course/assemble.ts';
import type { BaselineSource } from '#shared/course/baseline.ts';
import type { Course } from '#shared/course/course.ts';
import type { CourseMeasure } from '#shared/course/lesion-over-time.ts';
import type { TimePoint } from '#shared/course/time-point.ts';
import type { Cycle } from '#shared/course/treatment.ts';

/** One lesion of 60 mm, drawn on an image of 17 March 2026. */
export const sampleSource = (overrides: Partial<BaselineSource> = {}): BaselineSource => ({
  createdAt: '2026-03-18T08:00:00.000Z',
  source: { kind: 'path', path: '/images/one' },
  study: { studyInstanceUID: '2.25.1', studyDate: '20260317', studyDescription: 'MR' },
  lesions: [
    {
      id: 'drawn-1',
      label: 'T1',
      kind: 'target',
      seriesId: '2.25.2',
      longAxis: [
        [0, 0, 0],
        [60.04, 0, 0],
      ],
    },
  ],
  factors: { afp: { value: 400, unit: 'ng/mL' } },
  ...overrides,
});

export const sampleTimePoint = (
  id: string,
  date: string,
  measures: Record<string, CourseMeasure>,
  overrides: Partial<TimePoint> = {},
): TimePoint => ({ id, date, study: { state: 'none' }, measures, factors: {}, ...overrides });

export const sampleCycle = (id: string, date: string): Cycle => ({
  id,
  date,
  regimen: 'FOLFOX-HAIC',
  drugs: [{ drug: 'Oxaliplatin', planned: { value: 130, unit: 'mg/m²' }, given: { value: 220, unit: 'mg' }, hours: 2 }],
  bsaFormula: 'mosteller',
  labs: {},
  events: [],
});

/** The baseline with what is added to it. */
export const sampleCourse = (overrides: Partial<Course> = {}): Course => {
  const begun = assembleCourse('case-1', sampleSource(), []);
  return { ...begun, cycles: [sampleCycle('c1', '2026-03-24')], ...overrides };
};
