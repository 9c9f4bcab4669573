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

const source = { seriesId: 'series', sopInstanceUID: '1.2.840.1' };
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

  it('keeps a lesion without a short axis without one', () => {
    const points = pointsOfLesion({
      longAxis: [
        [0, 0, 0],
        [10, 0, 0],
      ],
    });
    const result = lesionFromPoints(points, source);
    expect('lesion' in result && result.lesion.shortAxis).toBeUndefined();
    // The points handed to the tool are its own: dragging one must not move the lesion.
    expect(points[2]).not.toBe(points[3]);
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
