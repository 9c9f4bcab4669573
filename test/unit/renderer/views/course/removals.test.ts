import { expect, test } from 'vitest';
import { removalOfLesion, removalOfTimePoint } from '../../../../../src/renderer/views/course/removals.ts';
import { sampleCourse, sampleTimePoint } from '../../../shared/course/sample-course.ts';

const measured = (mm: number) => ({ state: 'measured' as const, mm });
const [first, second] = [
  sampleTimePoint('v1', '2026-05-19', { L1: measured(50), L2: measured(20) }),
  sampleTimePoint('v2', '2026-07-14', { L1: measured(40) }),
];
const response = (timePointId: string, criterion: 'recist-1.1' | 'mrecist') => ({ timePointId, criterion }) as never;

test('a lesion goes with its measures, and no other is touched', () => {
  const lesion = { id: 'L2', role: 'target' as const, organ: 'liver', node: false };
  const course = sampleCourse({ timePoints: [first, second] });
  expect(removalOfLesion(course, lesion)).toStrictEqual([
    { kind: 'lesion', id: 'L2', body: null },
    { kind: 'time-point', id: 'v1', body: { ...first, measures: { L1: measured(50) } } },
  ]);
});

test('pictures at a lesion go with it', () => {
  const lesion = { id: 'L2', role: 'new' as const, organ: 'liver', node: false };
  const image = (id: string, lesionId: string) => ({ id, lesionId }) as never;
  const set = (timePointId: string, ids: string[]) => ({
    timePointId,
    origin: 'lesions' as const,
    images: ids.map((lesionId) => image(`${timePointId}-${lesionId}`, lesionId)),
  });
  const images = [set('v1', ['L1', 'L2']), set('v2', ['L2']), set('v3', ['L1'])];
  expect(removalOfLesion(sampleCourse({ timePoints: [], images }), lesion)).toStrictEqual([
    { kind: 'lesion', id: 'L2', body: null },
    { kind: 'images', id: 'v1/lesions', body: set('v1', ['L1']) },
    { kind: 'images', id: 'v2/lesions', body: null },
  ]);
});

test('a visit goes with the responses that were read there, by each criterion, and its key images', () => {
  const assessments = [response('v1', 'recist-1.1'), response('v1', 'mrecist'), response('v2', 'mrecist')];
  const images = [
    { timePointId: 'v1', origin: 'lesions' as const, images: [] },
    { timePointId: 'v2', origin: 'kept' as const, images: [] },
  ];
  const changes = removalOfTimePoint(sampleCourse({ timePoints: [first, second], assessments, images }), first);
  expect(changes).toStrictEqual([
    { kind: 'time-point', id: 'v1', body: null },
    { kind: 'assessment', id: 'v1/recist-1.1', body: null },
    { kind: 'assessment', id: 'v1/mrecist', body: null },
    { kind: 'images', id: 'v1/lesions', body: null },
  ]);
});
