import { expect, test } from 'vitest';
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { CourseImage } from '#shared/course/key-images.ts';
import { BASELINE } from '#shared/course/time-point.ts';
import { picturesOf, pictureTable, thumbnailsOf } from '../../../../../src/renderer/views/course/course-pictures.ts';
import { sampleCourse } from '../../../shared/course/sample-course.ts';

const image = (id: string, given: Partial<CourseImage> = {}): CourseImage => ({
  id,
  mediaType: 'image/webp',
  bytes: 1,
  role: 'arterial',
  seriesId: 's',
  sliceIndex: 0,
  takenAt: 'then',
  ...given,
});
const ofCase: KeyImage[] = [
  { ...image('plain'), origin: 'index-lesion' },
  { ...image('mapped'), origin: 'index-lesion', predictionId: 'p' },
  { ...image('wanted'), origin: 'kept' },
];

test('the baseline shows the pictures of its case without the map, at the lesion that they were taken at', () => {
  const course = sampleCourse();
  const given = { keyImages: ofCase, indexLesionId: 'drawn-1' };
  expect(picturesOf(course, BASELINE, given)).toStrictEqual([image('plain', { lesionId: 'L1' })]);
  expect(picturesOf(course, 'v1', given)).toStrictEqual([]);
  const own = image('newer', { lesionId: 'L1' });
  const images = [{ timePointId: BASELINE, origin: 'lesions' as const, images: [own] }];
  expect(picturesOf({ ...course, images }, BASELINE, given)).toStrictEqual([own]);
});

test('roles stand beside each other, and a time point without one has a gap', () => {
  const delayed = image('d', { role: 'delayed' });
  const groups = [
    { key: 'a', title: 'a', images: [image('x'), delayed] },
    { key: 'b', title: 'b', images: [image('y')] },
  ];
  expect(pictureTable(groups)).toStrictEqual({
    roles: ['arterial', 'delayed'],
    rows: [
      { group: groups[0], cells: [image('x'), delayed] },
      { group: groups[1], cells: [image('y'), undefined] },
    ],
  });
});

test('one picture stands for each lesion, the arterial one where there is one', () => {
  const images = [
    image('d', { role: 'delayed', lesionId: 'L1' }),
    image('a', { lesionId: 'L1' }),
    image('e', { role: 'delayed', lesionId: 'L2' }),
  ];
  expect(thumbnailsOf(images).map(({ id }) => id)).toStrictEqual(['a', 'e']);
});
