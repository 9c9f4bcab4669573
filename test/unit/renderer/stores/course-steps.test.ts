import { expect, test } from 'vitest';
import type { TimePoint } from '#shared/course/time-point.ts';
import { type CourseChange, stepsOf, takenBack, turned } from '../../../../src/renderer/stores/course-steps.ts';
import { sampleCourse, sampleTimePoint } from '../../shared/course/sample-course.ts';

const measured = (mm: number) => ({ state: 'measured' as const, mm });
const typed = sampleTimePoint('v1', '2026-05-19', { L1: measured(50) });
const withPoint = (point: TimePoint) => {
  const course = sampleCourse();
  return { ...course, timePoints: [...course.timePoints, point] };
};
const change = (body: TimePoint | null): CourseChange => ({ kind: 'time-point', id: 'v1', body });
const opened: TimePoint['study'] = { state: 'opened', studyInstanceUID: '2.25.9', kind: 'path', path: '/later' };

test('images that joined a visit after its number was typed stay when the number is taken back, and when it is entered again', () => {
  const after = { ...typed, measures: { L1: measured(42) } };
  const steps = stepsOf(withPoint(typed), [change(after)]);
  const joined = {
    ...after,
    study: opened,
    position: { movedMm: [1, 2, 3] as [number, number, number], origin: 'hand' as const },
  };
  expect(takenBack(withPoint(joined), steps)).toStrictEqual([change({ ...joined, measures: { L1: measured(50) } })]);
  const again = takenBack(withPoint({ ...joined, measures: { L1: measured(50) } }), turned(steps));
  expect(again).toStrictEqual([change(joined)]);
});

test('what another window entered of another lesion stays', () => {
  const steps = stepsOf(withPoint(typed), [change({ ...typed, measures: { L1: measured(42) } })]);
  const theirs = { ...typed, measures: { L1: measured(42), L2: measured(20) } };
  expect(takenBack(withPoint(theirs), steps)).toStrictEqual([
    change({ ...typed, measures: { L1: measured(50), L2: measured(20) } }),
  ]);
});

test('of one lesion, each window its own diameter: both stay when one is entered again, and when it is taken back', () => {
  const without = { ...typed, measures: {} };
  const steps = stepsOf(withPoint(without), [
    change({ ...typed, measures: { L1: { state: 'measured', viableMm: 20 } } }),
  ]);
  const theirs = { ...typed, measures: { L1: measured(40) } };
  const both = { ...typed, measures: { L1: { state: 'measured' as const, mm: 40, viableMm: 20 } } };
  expect(takenBack(withPoint(theirs), turned(steps))).toStrictEqual([change(both)]);
  expect(takenBack(withPoint(both), steps)).toStrictEqual([change(theirs)]);
  // Where it was the only one, nothing is left of the entry.
  expect(
    takenBack(withPoint({ ...typed, measures: { L1: { state: 'measured', viableMm: 20 } } }), steps),
  ).toStrictEqual([change(without)]);
});

test('a diameter that another window measured anew stays when the other of the same lesion is entered again', () => {
  const steps = stepsOf(withPoint(typed), [
    change({ ...typed, measures: { L1: { state: 'measured', mm: 50, viableMm: 20 } } }),
  ]);
  expect(takenBack(withPoint({ ...typed, measures: { L1: measured(40) } }), turned(steps))).toStrictEqual([
    change({ ...typed, measures: { L1: { state: 'measured', mm: 40, viableMm: 20 } } }),
  ]);
});

test('a state that gave way comes back as a whole, and a field that there was none of goes', () => {
  const before = { ...typed, measures: { L1: { state: 'gone' as const } } };
  const steps = stepsOf(withPoint(before), [change({ ...typed, note: 'seen again' })]);
  expect(takenBack(withPoint({ ...typed, note: 'seen again' }), steps)).toStrictEqual([change(before)]);
});

test('a part that was added is taken away, and one that was taken away comes back', () => {
  expect(takenBack(withPoint(typed), stepsOf(sampleCourse(), [change(typed)]))).toStrictEqual([change(null)]);
  expect(takenBack(sampleCourse(), stepsOf(withPoint(typed), [change(null)]))).toStrictEqual([change(typed)]);
});

test('parts of one step are taken back in the other order', () => {
  const lesion = { id: 'L2', role: 'target' as const, organ: 'liver', node: false };
  const steps = stepsOf(withPoint(typed), [{ kind: 'lesion', id: 'L2', body: lesion }, change(null)]);
  expect(takenBack(sampleCourse(), steps).map(({ kind }) => kind)).toStrictEqual(['time-point', 'lesion']);
});
