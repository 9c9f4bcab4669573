import { afterEach, expect, test } from 'vitest';
import type { CourseImage } from '#shared/course/key-images.ts';
import { setLanguage } from '../../../../../src/renderer/locales/index.ts';
import {
  comparators,
  courseWords,
  pictureDates,
  pictureIdsOf,
  reasonWords,
  stageWords,
} from '../../../../../src/renderer/views/present/slide-words.ts';
import { sampleCourse, sampleTimePoint } from '../../../shared/course/sample-course.ts';

const image = (id: string): CourseImage => ({
  id,
  mediaType: 'image/webp',
  bytes: 1,
  role: 'arterial',
  seriesId: 's',
  sliceIndex: 0,
  takenAt: 'then',
});

test('the board is offered the pictures of every follow-up that has some, beside those of the case', () => {
  const point = sampleTimePoint('v1', '2026-05-19', {});
  const course = sampleCourse({
    timePoints: [...sampleCourse().timePoints, point, sampleTimePoint('v2', '2026-07-14', {})],
    images: [{ timePointId: 'v1', origin: 'lesions', images: [image('b')] }],
  });
  expect(pictureDates({ course })).toStrictEqual([{ number: 1, date: '2026-05-19', images: [image('b')] }]);
  const ofCase = { ...image('a'), origin: 'index-lesion' as const };
  expect(pictureIdsOf({ course, keyImages: [ofCase] })).toStrictEqual(['a', 'b']);
});

afterEach(() => setLanguage('en'));

const factors = {
  pvtt: { value: 'vp3' },
  ecog: { value: 0 },
  albumin: { value: 40, unit: 'g/L' },
  bilirubin: { value: 10, unit: 'µmol/L' },
  priorTreatment: { value: 'tace' },
} as const;

test('a stage is said with the edition of its system, and one that the factors do not decide is not said', () => {
  const words = stageWords({ factors });
  expect(words.find(({ name }) => name === 'PVTT')).toEqual({ name: 'PVTT', grade: 'Vp3', edition: '' });
  expect(words.find(({ name }) => name === 'mALBI')).toMatchObject({ edition: 'Hiraoka' });
  expect(words.every(({ grade }) => grade !== '')).toBe(true);
  expect(stageWords({ factors: {} })).toEqual([]);
});

test('scores stand beside the model only where the factors give them', () => {
  expect(comparators({ factors }).map(({ name }) => name)).toEqual(['ALBI']);
  expect(comparators({ factors: {} })).toEqual([]);
});

test('reasons are words on their side, largest first, and never numbers', () => {
  const reasons = [
    { factor: 'image', contribution: 0.9 },
    { factor: 'pvtt', contribution: -0.7 },
    { factor: 'afp', contribution: -0.2 },
  ];
  expect(reasonWords({ reasons })).toEqual({ for: 'the image', against: 'Portal vein tumour thrombus, AFP' });
  expect(reasonWords({ reasons: [] })).toEqual({ for: 'nothing', against: 'nothing' });
  setLanguage('zh-CN');
  expect(reasonWords({ reasons }).for).toBe('图像');
});

test('the course so far is said in a line', () => {
  expect(courseWords({ course: sampleCourse(), factors })).toMatch(/^earlier: TACE/);
  expect(courseWords({ course: sampleCourse({ cycles: [], coTherapies: [] }), factors: {} })).toBe('before treatment');
});
