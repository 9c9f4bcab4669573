import { expect, test } from 'vitest';
import type { CourseImage } from '#shared/course/key-images.ts';
import type { CourseLesion } from '#shared/course/lesion-over-time.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { lesionPlaces, mergeLesionImages } from '../../../../src/renderer/key-images/take-lesion-images.ts';

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
const places = [{ lesionId: 'L1', at: [0, 0, 0] as [number, number, number] }];

test('each drawn lesion has one place, the whole diameter before the enhancing one, targets and what is new first', () => {
  const lesions = [lesion('L1', 'non-target'), lesion('L2', 'target'), lesion('L3', 'new'), lesion('L4', 'target')];
  const marks = [mark('L1/mm', 0), mark('L2/mm', 100), mark('L2/viableMm', 500), mark('L3/viableMm', 200)];
  expect(lesionPlaces(marks, lesions)).toStrictEqual([
    { lesionId: 'L2', at: [110, 0, 0] },
    { lesionId: 'L3', at: [210, 0, 0] },
    { lesionId: 'L1', at: [10, 0, 0] },
  ]);
});

test('a role whose pane was not there keeps its picture; one that came out as it was stays the one that is kept', () => {
  const before = [image('a'), image('d', { role: 'delayed', seriesId: 'del' })];
  const merged = mergeLesionImages(before, [image('a', { takenAt: 'now' })], { places, roles });
  expect(merged.map(({ id, takenAt }) => [id, takenAt])).toStrictEqual([
    ['d', 'then'],
    ['a', 'then'],
  ]);
});

test('a picture of another series, or of a lesion that is drawn no longer, goes', () => {
  const before = [image('a', { seriesId: 'old' }), image('b', { lesionId: 'L9' })];
  expect(mergeLesionImages(before, [], { places, roles })).toStrictEqual([]);
});
