import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, expect, test, vi } from 'vitest';
import { effectScope } from 'vue';
import { BASELINE } from '#shared/course/time-point.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { useKeyImages } from '../../../../src/renderer/key-images/use-key-images.ts';
import { useCaseStore } from '../../../../src/renderer/stores/case.ts';
import { useCoursePictures } from '../../../../src/renderer/views/course/use-course-pictures.ts';
import { sampleStudy } from '../../main/cases/sample-case.ts';
import { sampleCourse } from '../../shared/course/sample-course.ts';
import { keyImage } from '../stores/key-image.ts';
import { makeStack } from '../viewer/stacks.ts';

vi.mock('../../../../src/renderer/client/index.ts', () => ({
  useClient: () => ({ call: () => Promise.resolve({ draft: null }), on: () => () => undefined }),
  useHost: () => ({ setDirty: () => undefined, setProgress: () => undefined, windowId: async () => 'w' }),
}));

const axis = (z: number, mm: number): Lesion['longAxis'] => [
  [0, 0, z],
  [mm, 0, z],
];
const taken = keyImage('a', 'index-lesion', { seriesId: 'art', sliceIndex: 1 });

beforeEach(() => setActivePinia(createPinia()));

test('pictures of the index lesion stay while it lies on their slices, and go with another index lesion', async () => {
  const current = useCaseStore();
  const study = sampleStudy();
  const [template] = study.series;
  if (!template) throw new Error('the sample study has a series');
  current.study = { ...study, series: [{ ...template, id: 'art', geometry: makeStack({ slices: 5, spacing: 10 }) }] };
  current.addLesion({ seriesId: 'art', longAxis: axis(10, 20) });
  current.indexImages = [taken];
  effectScope().run(() => useKeyImages(() => null));
  await current.takeImages();
  expect(current.indexImages.map(({ id }) => id)).toStrictEqual([taken.id]);
  current.addLesion({ seriesId: 'art', longAxis: axis(30, 60) });
  await current.takeImages();
  expect(current.indexImages).toStrictEqual([]);
});

test('the baseline’s pictures are of the lesion that they were kept with, whichever is the index lesion on screen', () => {
  const current = useCaseStore();
  const course = sampleCourse();
  const lesions: Lesion[] = [{ id: 'drawn-1', label: 'L1', kind: 'target', seriesId: 'art', longAxis: axis(10, 20) }];
  current.savedCase = { lesions, keyImages: [taken] } as never;
  current.addLesion({ seriesId: 'art', longAxis: axis(30, 60) });
  const shown = useCoursePictures(() => course).of(BASELINE);
  expect(shown.map(({ lesionId }) => lesionId)).toStrictEqual(['L1']);
});
