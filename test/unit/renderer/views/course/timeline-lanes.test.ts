import { expect, test } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { LINE, lanesOf } from '../../../../../src/renderer/views/course/timeline-lanes.ts';
import { sampleCourse, sampleCycle, sampleTimePoint } from '../../../shared/course/sample-course.ts';

const afp = (value: number, assay?: string): FactorValues => ({
  afp: { value, unit: 'ng/mL', ...(assay ? { assay } : {}) },
});
const course = sampleCourse({
  timePoints: [
    sampleTimePoint('baseline', '2026-03-17', {}, { factors: afp(400, 'Roche') }),
    sampleTimePoint('f1', '2026-05-12', {}, { factors: afp(100, 'Roche') }),
    sampleTimePoint('f2', '2026-07-07', {}, { factors: afp(80, 'Abbott') }),
  ],
  cycles: [sampleCycle('c1', '2026-05-12')],
});

test('cycles, images, boards and markers of one day stand under each other', () => {
  const lanes = lanesOf(course, '2026-09-01', ['2026-03-10']);
  const points = lanes.markers.find(({ id }) => id === 'afp')?.lines.flat() ?? [];
  expect(points.find(({ date }) => date === '2026-05-12')?.at).toBe(lanes.x('2026-05-12'));
  // Whatever is first or last on it is within the picture.
  for (const day of ['2026-03-10', '2026-09-01']) {
    expect(lanes.x(day)).toBeGreaterThan(LINE.left);
    expect(lanes.x(day)).toBeLessThan(LINE.width - LINE.right);
  }
});

test('another assay breaks the line of a marker, in the same lane', () => {
  const lane = lanesOf(course, undefined).markers.find(({ id }) => id === 'afp');
  expect(lane?.lines.map((line) => line.map(({ value }) => value))).toStrictEqual([[400, 100], [80]]);
  expect(lane?.unit).toBe('ng/mL');
});
