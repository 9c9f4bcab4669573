import { expect, test } from 'vitest';
import type { Course } from '#shared/course/course.ts';
import { simulatedCourses } from '#shared/course/simulated/simulated-courses.ts';
import { BASELINE } from '#shared/course/time-point.ts';
import { bestChange, waterfallOf, waterfallPart } from '#shared/course/waterfall.ts';
import { courseOfWrites } from '#shared/course/without-images.ts';
import { sampleCourse, sampleTimePoint } from './sample-course.ts';

/** Whole and enhancing diameter at the baseline and after 8, 16, 24 … weeks; nothing where it was not assessed. */
const courseOf = (
  sums: readonly (readonly [number, number] | undefined)[],
  overrides: Partial<Course> = {},
): Course => {
  const days = ['2026-03-17', '2026-05-12', '2026-07-07', '2026-09-01', '2026-10-27'];
  return sampleCourse({
    lesions: [{ id: 'L1', role: 'target', organ: 'liver', node: false }],
    timePoints: sums.map((sum, index) =>
      sampleTimePoint(index === 0 ? BASELINE : `f${index}`, days[index] ?? '', {
        L1: sum ? { state: 'measured', mm: sum[0], viableMm: sum[1] } : { state: 'not-assessed' },
      }),
    ),
    ...overrides,
  });
};
const best = (response: 'CR' | 'PR' | 'SD' | 'PD') => ({ response, byHand: false });
const outcome = (given: NonNullable<Course['outcome']>['best']): Course['outcome'] => ({
  best: given,
  endpoints: {},
  confirmedBy: 'Rui',
  confirmedAt: '2026-11-27T10:00:00.000Z',
});

test('the best change is the smallest sum after the baseline, each by its own criterion', () => {
  const course = courseOf([
    [100, 80],
    [70, 20],
    [80, 24],
  ]);
  expect(bestChange(course, 'recist-1.1')).toBeCloseTo(-30, 10);
  expect(bestChange(course, 'mrecist')).toBeCloseTo(-75, 10);
});

test('a patient who only grew has the least growth as the best change', () => {
  expect(
    bestChange(
      courseOf([
        [100, 80],
        [110, 88],
        [118, 95],
      ]),
      'recist-1.1',
    ),
  ).toBeCloseTo(10, 10);
});

test('what shrank after progression is not the treatment’s', () => {
  expect(
    bestChange(
      courseOf([
        [100, 80],
        [90, 80],
        [140, 100],
        [40, 30],
      ]),
      'recist-1.1',
    ),
  ).toBeCloseTo(-10, 10);
});

test('a visit at which a target was not assessed, and a baseline alone, have no change', () => {
  expect(bestChange(courseOf([[100, 80], undefined]), 'recist-1.1')).toBeUndefined();
  expect(bestChange(courseOf([[100, 80]]), 'mrecist')).toBeUndefined();
});

test('bars stand from growth to shrinking; who cannot be drawn is counted and not made up', () => {
  const shrunk = courseOf(
    [
      [100, 80],
      [70, 20],
    ],
    { outcome: outcome({ 'recist-1.1': best('PR'), mrecist: best('PR') }) },
  );
  const grown = courseOf(
    [
      [100, 80],
      [130, 90],
    ],
    { outcome: outcome({ 'recist-1.1': best('PD') }) },
  );
  const unmeasured = courseOf([[100, 80]], { outcome: outcome({ 'recist-1.1': best('SD') }) });
  const draw = (criterion: 'recist-1.1' | 'mrecist') =>
    waterfallOf(
      [shrunk, grown, unmeasured].map((course, index) => waterfallPart(`case-${index}`, course, criterion)),
      false,
    );
  expect(draw('recist-1.1')).toStrictEqual({
    bars: [
      { caseId: 'case-1', change: expect.closeTo(30, 10), best: 'PD' },
      { caseId: 'case-0', change: expect.closeTo(-30, 10), best: 'PR' },
    ],
    courses: 3,
    simulated: false,
    otherwise: 0,
    withoutSums: 1,
  });
  // A response by the other criterion is never drawn with the sums of this one.
  expect(draw('mrecist')).toMatchObject({ bars: [{ caseId: 'case-0', best: 'PR' }], otherwise: 2, withoutSums: 0 });
});

test('every course of the demonstration history can be drawn by both criteria', () => {
  const courses = simulatedCourses().map((kept) =>
    courseOfWrites({ createdAt: '2026-01-01T00:00:00.000Z', ...kept, lesions: [] }, kept.writes),
  );
  for (const criterion of ['recist-1.1', 'mrecist'] as const) {
    const { bars } = waterfallOf(
      courses.map((course) => waterfallPart('a', course, criterion)),
      true,
    );
    expect(bars).toHaveLength(60);
    const responders = bars.filter((bar) => bar.best === 'PR');
    expect(responders.length).toBeGreaterThan(0);
    for (const { change } of responders) expect(change).toBeLessThanOrEqual(-30);
  }
});
