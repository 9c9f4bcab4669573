import { expect, test } from 'vitest';
import { assembleCourse, baselineWrites, type PartInForce } from '#shared/course/assemble.ts';
import { courseSchema, courseWriteSchema } from '#shared/course/course.ts';
import { sampleSource } from './sample-course.ts';

test('a kept case is a baseline: its date, study, lesions to a tenth of a millimetre, and factors', () => {
  const course = assembleCourse('case-1', sampleSource(), []);
  expect(courseSchema.parse(course)).toStrictEqual(course);
  expect(course.timePoints).toStrictEqual([
    {
      id: 'baseline',
      date: '2026-03-17',
      study: { state: 'opened', studyInstanceUID: '2.25.1', description: 'MR', path: '/images/one' },
      measures: { L1: { state: 'measured', mm: 60, place: { seriesId: '2.25.2' } } },
      factors: { afp: { value: 400, unit: 'ng/mL' } },
    },
  ]);
  expect(course.lesions).toStrictEqual([
    { id: 'L1', role: 'target', organ: 'liver', node: false, caseLesionId: 'drawn-1' },
  ]);
  expect(course.outcome).toBeNull();
});

test('the enhancing part was not asked in the case and is not made up', () => {
  const [baseline] = assembleCourse('case-1', sampleSource(), []).timePoints;
  expect(baseline?.measures.L1).not.toHaveProperty('viableMm');
});

test('a study without a date has the day on which the case was kept; one that never was has no study', () => {
  const [baseline] = assembleCourse('a', sampleSource({ study: { studyInstanceUID: '' } }), []).timePoints;
  expect(baseline).toMatchObject({ date: '2026-03-18', study: { state: 'none' } });
});

test('what the first change keeps is the same baseline, whatever the case becomes later', () => {
  const before = assembleCourse('a', sampleSource(), []);
  const kept = baselineWrites(sampleSource());
  for (const write of kept) expect(courseWriteSchema.parse(write)).toStrictEqual(write);
  const parts = kept.map(({ kind, id, body }, sequence) => ({ kind, id, body, sequence }) as PartInForce);
  const after = assembleCourse('a', sampleSource({ lesions: [], factors: {} }), parts);
  expect(after).toStrictEqual({ ...before, revisions: { 'lesion/L1': 0, 'time-point/baseline': 1 } });
});
