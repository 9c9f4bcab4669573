import { expect, test } from 'vitest';
import { BASELINE, type TimePoint } from '#shared/course/time-point.ts';
import type { Vec3 } from '#shared/study/geometry.ts';
import { usePlaces } from '../../../../../src/renderer/views/follow-up/use-places.ts';

const point = (id: string, movedMm?: Vec3): TimePoint => ({
  id,
  date: '2024-01-01',
  study: { state: 'none' },
  measures: {},
  factors: {},
  ...(movedMm ? { position: { movedMm, origin: 'found' } } : {}),
});

const setUp = (...given: TimePoint[]) => {
  const points = new Map([point(BASELINE), ...given].map((one) => [one.id, one]));
  const course = { readonly: false };
  const places = usePlaces({
    points: () => [...points.values()],
    readonly: () => course.readonly,
    keep: (next) => points.set(next.id, next),
  });
  const kept = (id: string) => points.get(id)?.position;
  return { places, kept, course };
};

test('a place is kept against the baseline, whichever date it was found against', () => {
  const { places, kept } = setUp(point('f1', [1, 2, 3]), point('f2'));
  places.place('f2', 'f1', [10, 0, 0], 'found');
  expect(kept('f2')).toStrictEqual({ movedMm: [11, 2, 3], origin: 'found' });
  expect(places.placeOf('f2')).toStrictEqual([11, 2, 3]);
});

test('against a date whose own place is not known it is looked at, not kept, and found anew once that one has its place', () => {
  const { places, kept } = setUp(point('f1'), point('f2'));
  expect(places.canKeep(point('f1'))).toBe(false);
  places.place('f2', 'f1', [10, 0, 0], 'found');
  expect(places.placeOf('f2')).toStrictEqual([10, 0, 0]);
  expect(kept('f2')).toBeUndefined();
  places.place('f1', BASELINE, [5, 0, 0], 'found');
  expect(kept('f1')?.movedMm).toStrictEqual([5, 0, 0]);
  expect(places.positionOf(point('f2'))).toBeUndefined();
  places.place('f2', 'f1', [10, 0, 0], 'found');
  expect(kept('f2')?.movedMm).toStrictEqual([15, 0, 0]);
});

test('in a course that is only read nothing is kept, and what is kept later is what is seen', () => {
  const { places, kept, course } = setUp(point('f1', [1, 0, 0]));
  course.readonly = true;
  places.place('f1', BASELINE, [4, 0, 0], 'hand');
  expect(places.placeOf('f1')).toStrictEqual([4, 0, 0]);
  expect(kept('f1')?.movedMm).toStrictEqual([1, 0, 0]);
  course.readonly = false;
  places.place('f1', BASELINE, [7, 0, 0], 'hand');
  expect(places.placeOf('f1')).toStrictEqual([7, 0, 0]);
});

test('a date that is no longer there is given no place', () => {
  const { places, kept } = setUp();
  places.place('f1', BASELINE, [4, 0, 0], 'found');
  expect(kept('f1')).toBeUndefined();
});
