import { describe, expect, it } from 'vitest';
import type { Vec3 } from '#shared/study/geometry.ts';
import { angleDegrees, ellipseAreaMm2 } from '#shared/study/mark.ts';
import { markFromPoints, sliceOfMark } from '../../../../../src/renderer/viewer/space/marks.ts';
import { lesionAround } from '../../../../../src/renderer/viewer/space/typed-lesion.ts';
import { makeStack } from '../stacks.ts';

const source = { seriesId: 's' };
const [a, b, c]: [Vec3, Vec3, Vec3] = [
  [0, 0, 0],
  [30, 0, 0],
  [30, 40, 0],
];

describe('a drawing as a mark', () => {
  it('keeps the points of its tool, and is none while they are not all there', () => {
    expect(markFromPoints('length', [a, b], source)).toEqual({ seriesId: 's', tool: 'length', points: [a, b] });
    expect(markFromPoints('angle', [a, b], source)).toBeUndefined();
    expect(markFromPoints('angle', [a, b, c], source)).toMatchObject({ points: [a, b, c] });
    expect(markFromPoints('angle', [a, b, b], source)).toBeUndefined();
    expect(markFromPoints('ellipse', [a, b, c, c], source)).toBeUndefined();
  });

  it('of less than 2 mm is a slip of the hand', () => {
    expect(markFromPoints('length', [a, [1.9, 0, 0]], source)).toBeUndefined();
    expect(markFromPoints('arrow', [a, [1.9, 0, 0]], source)).toBeUndefined();
  });

  it('has degrees at its vertex, and the area of the ellipse and not of its pixels', () => {
    expect(angleDegrees([a, b, c])).toBeCloseTo(90, 9);
    expect(angleDegrees([a, b, [60, 0, 0]])).toBeCloseTo(180, 9);
    expect(ellipseAreaMm2([a, b, [15, -5, 0], [15, 5, 0]])).toBeCloseTo(Math.PI * 15 * 5, 9);
  });

  it('is on the slice that its image names, and by its place where several images have one name', () => {
    const g = makeStack({ slices: 4, spacing: 3 });
    const mark = { seriesId: 's', sopInstanceUID: 'x', tool: 'length' as const, points: [a, b] as [Vec3, Vec3] };
    expect(sliceOfMark(mark, g, ['u', 'v', 'x', 'w'])).toBe(2);
    expect(
      sliceOfMark(
        {
          ...mark,
          points: [
            [0, 0, 9],
            [9, 0, 9],
          ],
        },
        g,
        ['x', 'x', 'x', 'x'],
      ),
    ).toBe(3);
  });
});

describe('a lesion whose diameters are typed', () => {
  const g = makeStack({ slices: 4, spacing: 3, columnDirection: [0, 0.8, 0.6] });
  const place = { g, slice: 2, seriesId: 's', sopInstanceUIDs: ['u', 'v', 'x', 'w'], focus: [10, 20, 3] as Vec3 };

  it('stands on the slice that is shown, as long as it was typed, its axes at a right angle', () => {
    const lesion = lesionAround(place, { longMm: 42.5, shortMm: 30 });
    const [from, to] = lesion.longAxis;
    expect(Math.hypot(...to.map((value, i) => value - (from[i] ?? 0)))).toBeCloseTo(42.5, 9);
    expect(lesion.sopInstanceUID).toBe('x');
    expect(lesion.shortAxis?.map(([x]) => x)).toEqual([10, 10]);
    const [origin] = g.positions.slice(2);
    const normal: Vec3 = [0, -0.6, 0.8];
    for (const end of [...lesion.longAxis, ...(lesion.shortAxis ?? [])])
      expect(normal.reduce((sum, n, i) => sum + n * ((end[i] ?? 0) - (origin?.[i] ?? 0)), 0)).toBeCloseTo(0, 9);
  });

  it('has no short axis where none was typed, and no image where several have that name', () => {
    const lesion = lesionAround(
      { ...place, sopInstanceUIDs: ['x', 'x', 'x', 'x'] },
      { longMm: 20, shortMm: undefined },
    );
    expect(lesion).not.toHaveProperty('shortAxis');
    expect(lesion).not.toHaveProperty('sopInstanceUID');
  });
});
