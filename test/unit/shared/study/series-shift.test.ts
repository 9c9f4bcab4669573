import { describe, expect, it } from 'vitest';
import type { RoleAssignment } from '#shared/study/roles.ts';
import {
  movedLesion,
  movedMark,
  movedStack,
  opposite,
  type SeriesShift,
  seriesShiftsSchema,
  shiftOf,
  shiftsInForce,
  shiftsPredictedFrom,
  shiftText,
  withShift,
} from '#shared/study/series-shift.ts';

const shift = (seriesId: string, mm: SeriesShift['mm'], against = 'a'): SeriesShift => ({
  seriesId,
  against,
  mm,
  by: 'Dr Example',
  at: '2026-02-01T10:00:00.000Z',
});
const roles: RoleAssignment[] = [
  { role: 'arterial', seriesId: 'a', origin: 'suggested' },
  { role: 't2', seriesId: 't', origin: 'suggested' },
];

describe('a series that was moved by hand', () => {
  it('is moved once, and not at all once it is back', () => {
    const once = withShift([], shift('t', [3, 0, -5]));
    const twice = withShift(once, shift('t', [1, 0, 0]));
    expect(shiftOf(twice, 't')).toEqual([1, 0, 0]);
    expect(twice).toHaveLength(1);
    expect(withShift(twice, shift('t', [0, 0, 0]))).toEqual([]);
    expect(shiftOf([], 't')).toEqual([0, 0, 0]);
  });

  it('is moved against the series that is arterial now, which itself never moves', () => {
    const shifts = [shift('t', [1, 0, 0]), shift('p', [1, 0, 0], 'old arterial'), shift('a', [1, 0, 0])];
    expect(shiftsInForce(shifts, roles).map(({ seriesId }) => seriesId)).toEqual(['t']);
    expect(shiftsInForce(shifts, [])).toEqual([]);
  });

  it('counts for a prediction where it plays a role or holds a lesion', () => {
    const shifts = [shift('pre', [1, 0, 0]), shift('t', [2, 0, 0])];
    expect(shiftsPredictedFrom(shifts, { roles, lesions: [] })).toEqual(['t 2 0 0']);
    expect(shiftsPredictedFrom(shifts, { roles, lesions: [{ seriesId: 'pre' }] })).toEqual(['pre 1 0 0', 't 2 0 0']);
  });

  it('takes its slices, its lesions and its marks along, and nothing else', () => {
    const g = {
      rowDirection: [1, 0, 0] as [number, number, number],
      columnDirection: [0, 1, 0] as [number, number, number],
      columnSpacing: 1,
      rowSpacing: 1,
      positions: [[0, 0, 0] as [number, number, number]],
      uniform: true,
    };
    expect(movedStack(g, [1, 2, 3])).toEqual({ ...g, positions: [[1, 2, 3]] });
    expect(movedStack(g, [0, 0, 0])).toBe(g);
    const lesion = {
      seriesId: 't',
      longAxis: [
        [0, 0, 0],
        [10, 0, 0],
      ] as [SeriesShift['mm'], SeriesShift['mm']],
    };
    expect(movedLesion(lesion, [1, 2, 3])).toEqual({
      seriesId: 't',
      longAxis: [
        [1, 2, 3],
        [11, 2, 3],
      ],
    });
    expect(movedLesion(movedLesion(lesion, [1, 2, 3]), opposite([1, 2, 3]))).toEqual(lesion);
    const mark = { seriesId: 't', tool: 'length' as const, points: lesion.longAxis };
    expect(movedMark(mark, [0, 0, 1]).points).toEqual([
      [0, 0, 1],
      [10, 0, 1],
    ]);
  });

  it('is written with a true minus sign, and without one for nothing', () => {
    expect(shiftText([3, -0.01, -5])).toBe('3.0 / 0.0 / −5.0');
  });

  it('is refused beyond what a breath moves, and twice for one series', () => {
    expect(seriesShiftsSchema.safeParse([shift('t', [0, 0, 101])]).success).toBe(false);
    expect(seriesShiftsSchema.safeParse([shift('t', [0, 0, Number.NaN])]).success).toBe(false);
    expect(seriesShiftsSchema.safeParse([shift('t', [0, 0, 1]), shift('t', [0, 0, 2])]).success).toBe(false);
    expect(seriesShiftsSchema.safeParse([shift('t', [0, 0, 100])]).success).toBe(true);
  });
});
