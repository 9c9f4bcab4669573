import { describe, expect, test } from 'vitest';
import { marksOf, movedMarks, nextMark, readMarkId, withDrawn } from '#shared/course/drawn-measure.ts';
import type { CourseLesion } from '#shared/course/lesion-over-time.ts';
import { readMeasure } from '#shared/course/measure-text.ts';
import type { TimePoint } from '#shared/course/time-point.ts';
import type { Vec3 } from '#shared/study/geometry.ts';

const line = (from: Vec3, to: Vec3): [Vec3, Vec3] => [from, to];
const drawn = { seriesId: 's', sopInstanceUID: '1.2', longAxis: line([0, 0, 3], [40.04, 0, 3]) };
const lesions: CourseLesion[] = [
  { id: 'L1', role: 'target', organ: 'liver', node: false, caseLesionId: 'a' },
  { id: 'L2', role: 'non-target', organ: 'liver', node: false },
];
const point = (id: string, measures: TimePoint['measures']): TimePoint => ({
  id,
  date: '2024-01-01',
  study: { state: 'none' },
  measures,
  factors: {},
});
const noSuffix = () => '';

describe('a diameter that is drawn', () => {
  test('stands beside the other one, each with its place, to a tenth of a millimetre', () => {
    const whole = withDrawn(undefined, 'mm', drawn, false);
    const both = withDrawn(whole, 'viableMm', { ...drawn, longAxis: line([0, 0, 3], [20, 0, 3]) }, false);
    expect(both).toMatchObject({
      state: 'measured',
      mm: 40,
      viableMm: 20,
      place: { seriesId: 's', longAxis: drawn.longAxis },
      viablePlace: { longAxis: line([0, 0, 3], [20, 0, 3]) },
    });
  });

  test('takes the place of a state and of what was typed, and gives way to what is typed after it', () => {
    expect(withDrawn({ state: 'gone' }, 'mm', drawn, false)).toMatchObject({ state: 'measured', mm: 40 });
    const kept = withDrawn({ state: 'measured', mm: 12, viableMm: 9 }, 'mm', drawn, false);
    expect(kept).toMatchObject({ mm: 40, viableMm: 9 });
    const typed = readMeasure('38', 'mm', kept);
    expect(typed.ok && typed.measure).toStrictEqual({ state: 'measured', mm: 38, viableMm: 9 });
  });

  test('of a node is its short axis', () => {
    const node = { ...drawn, shortAxis: line([10, -8, 3], [10, 8, 3]) };
    expect(withDrawn(undefined, 'mm', node, true)).toMatchObject({ mm: 16 });
    expect(withDrawn(undefined, 'mm', node, false)).toMatchObject({ mm: 40 });
  });
});

describe('the lines of a time point', () => {
  test('are those that were drawn there, and never a number that was only typed', () => {
    const measures = { L1: withDrawn(undefined, 'mm', drawn, false), L2: { state: 'measured' as const, mm: 30 } };
    const marks = marksOf(point('f1', measures), lesions, [], (kind) => (kind === 'mm' ? '' : ' enh'));
    expect(marks).toStrictEqual([{ id: 'L1/mm', label: 'L1', kind: 'target', ...drawn }]);
    expect(readMarkId('L1/mm')).toStrictEqual({ lesionId: 'L1', kind: 'mm' });
    expect(readMarkId('demo-lesion-1')).toBeUndefined();
  });

  test('at the baseline are the case’s own, unless another number was typed since', () => {
    const caseLesion = { id: 'a', ...drawn };
    const at = (mm: number) => point('baseline', { L1: { state: 'measured', mm, place: { seriesId: 's' } } });
    expect(marksOf(at(40), lesions, [caseLesion], noSuffix)).toMatchObject([{ id: 'L1/mm', longAxis: drawn.longAxis }]);
    expect(marksOf(at(41), lesions, [caseLesion], noSuffix)).toStrictEqual([]);
  });

  test('move with the patient, to another date', () => {
    const [moved] = movedMarks([{ id: 'L1/mm', label: 'L1', kind: 'target', ...drawn }], [4, 3, 2]);
    expect(moved?.longAxis).toStrictEqual([
      [4, 3, 5],
      [44.04, 3, 5],
    ]);
  });
});

test('both diameters of a lesion, then the next lesion, then no more', () => {
  const first = { lesionId: 'L1', kind: 'mm' } as const;
  const second = nextMark(lesions, first);
  expect(second).toStrictEqual({ lesionId: 'L1', kind: 'viableMm' });
  expect(second && nextMark(lesions, second)).toStrictEqual({ lesionId: 'L2', kind: 'mm' });
  expect(nextMark(lesions, { lesionId: 'L2', kind: 'viableMm' })).toBeUndefined();
});
