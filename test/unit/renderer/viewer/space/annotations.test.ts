import { describe, expect, it } from 'vitest';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { diameterText } from '../../../../../src/renderer/viewer/paint/lesion-canvas.ts';
import {
  axesAngle,
  diametersMm,
  lesionFromPoints,
  pointsOfLesion,
  sameMeasurement,
} from '../../../../../src/renderer/viewer/space/annotations.ts';

const source = { seriesId: 'series', sopInstanceUID: '1.2.840.1', isShortDrawn: true };
const drawn: Vec3[] = [
  [0, 0, 30],
  [40, 30, 30],
  [11, 27, 30],
  [29, 3, 30],
];

describe('lesionFromPoints', () => {
  it('measures both axes in millimetres of the patient', () => {
    const result = lesionFromPoints(drawn, source);
    if ('refused' in result) throw new Error(result.refused);
    expect(result.lesion).toMatchObject({ seriesId: 'series', sopInstanceUID: '1.2.840.1' });
    expect(diametersMm(result.lesion)).toEqual({ long: 50, short: 30 });
    expect(axesAngle(result.lesion)).toBeCloseTo(90, 6);
  });

  it('calls the longer pair the long axis, in whichever order it was drawn', () => {
    const [a, b, c, d] = drawn;
    const result = lesionFromPoints(
      [c, d, a, b].filter((point) => point !== undefined),
      source,
    );
    expect('lesion' in result && diametersMm(result.lesion)).toEqual({ long: 50, short: 30 });
  });

  it('refuses a slip of the hand and a drawing that was never finished', () => {
    const tiny: Vec3[] = [
      [0, 0, 0],
      [1, 0, 0],
    ];
    expect(lesionFromPoints(tiny, source)).toEqual({ refused: 'too-small' });
    expect(lesionFromPoints([[0, 0, 0]], source)).toEqual({ refused: 'incomplete' });
    expect(
      lesionFromPoints(
        [
          [0, 0, 0],
          [Number.NaN, 0, 0],
        ],
        source,
      ),
    ).toEqual({ refused: 'incomplete' });
  });

  it('gives back what it was made from', () => {
    const result = lesionFromPoints(drawn, source);
    if ('refused' in result) throw new Error(result.refused);
    expect(pointsOfLesion(result.lesion)).toEqual(drawn);
    const lesion: Lesion = { ...result.lesion, id: 'a', label: 'T1', kind: 'target' };
    expect(sameMeasurement(lesion, result.lesion)).toBe(true);
    expect(
      sameMeasurement(lesion, {
        ...lesion,
        longAxis: [
          [0, 0, 30],
          [40, 30.5, 30],
        ],
      }),
    ).toBe(false);
  });

  it('knows no short axis that nobody drew, whatever the tool put there', () => {
    const result = lesionFromPoints(drawn, { ...source, isShortDrawn: false });
    if ('refused' in result) throw new Error(result.refused);
    expect(result.lesion.shortAxis).toBeUndefined();
    expect(diametersMm(result.lesion)).toEqual({ long: 50 });
    expect(diameterText(result.lesion)).toBe('50 mm');
    expect(sameMeasurement(result.lesion, { ...result.lesion, shortAxis: [drawn[2] ?? [0, 0, 0], [0, 0, 0]] })).toBe(
      false,
    );
  });

  it('gives the tool two handles for it: a tick across the middle, in the plane of the slice', () => {
    const [a, b, c, d] = pointsOfLesion(
      {
        longAxis: [
          [0, 0, 0],
          [40, 0, 0],
        ],
      },
      [0, 0, -2],
    );
    expect([a, b]).toEqual([
      [0, 0, 0],
      [40, 0, 0],
    ]);
    expect([c, d].map((point) => point.map((value) => Math.round(value * 1e6) / 1e6 + 0))).toEqual([
      [20, -2, 0],
      [20, 2, 0],
    ]);
  });
});

describe('diameterText', () => {
  it('rounds to millimetres, and to tenths where 10 mm decides', () => {
    expect(
      diameterText({
        longAxis: [
          [0, 0, 0],
          [84.3, 0, 0],
        ],
        shortAxis: [
          [0, 0, 0],
          [0, 9.44, 0],
        ],
      }),
    ).toBe('84 × 9.4 mm');
    expect(
      diameterText({
        longAxis: [
          [0, 0, 0],
          [9.96, 0, 0],
        ],
      }),
    ).toBe('10.0 mm');
  });
});
