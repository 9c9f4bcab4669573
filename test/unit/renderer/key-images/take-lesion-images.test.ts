import { expect, test } from 'vitest';
import type { CourseImage } from '#shared/course/key-images.ts';
import type { CourseLesion } from '#shared/course/lesion-over-time.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { SeriesShift } from '#shared/study/series-shift.ts';
import { showsPlace } from '../../../../src/renderer/key-images/shows-place.ts';
import {
  lesionPlaces,
  mergeLesionImages,
  takeLesionImages,
} from '../../../../src/renderer/key-images/take-lesion-images.ts';
import { makeStack } from '../viewer/stacks.ts';

const lesion = (id: string, role: CourseLesion['role']): CourseLesion => ({ id, role, organ: 'liver', node: false });
const mark = (id: string, x: number): Lesion => ({
  id,
  label: id,
  kind: 'target',
  seriesId: 'art',
  longAxis: [
    [x, 0, 0],
    [x + 20, 0, 0],
  ],
});
const image = (id: string, given: Partial<CourseImage> = {}): CourseImage => ({
  id,
  mediaType: 'image/webp',
  bytes: 1_000,
  role: 'arterial',
  seriesId: 'art',
  sliceIndex: 1,
  takenAt: 'then',
  lesionId: 'L1',
  ...given,
});
const roles = [
  { role: 'arterial' as const, seriesId: 'art', origin: 'user' as const },
  { role: 'delayed' as const, seriesId: 'del', origin: 'user' as const },
];
const series = ['art', 'del'].map((id) => ({
  id,
  geometry: makeStack({ slices: 5, spacing: 10 }),
}));
const at = (z: number) => [{ lesionId: 'L1', at: [0, 0, z] as [number, number, number] }];
/** On the slice with index 1. */
const places = at(11);

test('each drawn lesion has one place, the whole diameter before the enhancing one, targets and what is new first', () => {
  const lesions = [lesion('L1', 'non-target'), lesion('L2', 'target'), lesion('L3', 'new'), lesion('L4', 'target')];
  const marks = [mark('L1/mm', 0), mark('L2/mm', 100), mark('L2/viableMm', 500), mark('L3/viableMm', 200)];
  expect(lesionPlaces(marks, lesions, [])).toStrictEqual([
    { lesionId: 'L2', at: [110, 0, 0] },
    { lesionId: 'L3', at: [210, 0, 0] },
    { lesionId: 'L1', at: [10, 0, 0] },
  ]);
});

test('of a series that was laid on another one by hand they lie where it was laid, and so do the pictures of it', () => {
  const shifts: SeriesShift[] = [{ seriesId: 'art', against: 'del', mm: [0, 0, 20], by: 'A', at: 'then' }];
  const drawn = lesionPlaces([mark('L1/mm', 0)], [lesion('L1', 'target')], shifts);
  expect(drawn).toStrictEqual([{ lesionId: 'L1', at: [10, 0, 20] }]);
  const before = [image('own', { sliceIndex: 0 }), image('other', { role: 'delayed', seriesId: 'del', sliceIndex: 2 })];
  const stay = mergeLesionImages(before, [], { places: drawn, roles, series, shifts }).map(({ id }) => id);
  expect(stay).toStrictEqual(['own', 'other']);
  expect(mergeLesionImages(before, [], { places: drawn, roles, series, shifts: [] })).toHaveLength(1);
});

test('a role whose pane was not there keeps its picture; one that came out as it was stays the one that is kept', () => {
  const before = [image('a'), image('d', { role: 'delayed', seriesId: 'del' })];
  const merged = mergeLesionImages(before, [image('a', { takenAt: 'now' })], { places, roles, series, shifts: [] });
  expect(merged.map(({ id, takenAt }) => [id, takenAt])).toStrictEqual([
    ['d', 'then'],
    ['a', 'then'],
  ]);
});

test('a picture of another series, or of a lesion that is drawn no longer, goes', () => {
  const before = [image('a', { seriesId: 'old' }), image('b', { lesionId: 'L9' })];
  expect(mergeLesionImages(before, [], { places, roles, series, shifts: [] })).toStrictEqual([]);
});

test('a lesion that lies on another slice by now is not on the pictures of panes that were not there', () => {
  const before = [image('a'), image('d', { role: 'delayed', seriesId: 'del' })];
  const merged = mergeLesionImages(before, [image('new', { sliceIndex: 3 })], {
    places: at(31),
    roles,
    series,
    shifts: [],
  });
  expect(merged.map(({ id }) => id)).toStrictEqual(['new']);
});

test('a series that cannot be compared with the others is taken at its word', () => {
  const other = { id: 'far', geometry: makeStack({ frame: '9.9', spacing: 10 }) };
  const old = { seriesId: 'far', sliceIndex: 0 };
  expect(showsPlace(old, [0, 0, 31], [...series, other])).toBe(true);
  expect(showsPlace({ ...old, seriesId: 'art' }, [0, 0, 31], [...series, other])).toBe(false);
  expect(showsPlace({ ...old, seriesId: 'gone' }, [0, 0, 31], series)).toBe(true);
});

test('a pane that shows whichever slice it stood at is no picture of a lesion', async () => {
  const paint = () => {
    throw new Error('must not be painted');
  };
  const unplaced = { role: 'delayed' as const, seriesId: 'del', sliceIndex: 4, withMap: false, isAtPosition: false };
  const images = await takeLesionImages({
    places,
    picturesAt: async () => [{ ...unplaced, paint, paintPlain: paint }],
    roles,
    series,
    shifts: [],
    before: [],
    room: 1_000,
    put: paint,
  });
  expect(images).toStrictEqual([]);
});
