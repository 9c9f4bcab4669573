import { describe, expect, it } from 'vitest';
import { groupSeries } from '../../../../../src/main/study/series/group-series.ts';
import { geometryNotes, sliceDistance } from '../../../../../src/main/study/series/stack-geometry.ts';
import type { StackGeometry } from '../../../../../src/shared/study/geometry.ts';
import { pixelToPatient } from '../../../../../src/shared/study/geometry.ts';
import { image, slices } from './make-images.ts';

const geometryOf = (images: Parameters<typeof groupSeries>[0]): StackGeometry => {
  const geometry = groupSeries(images)[0]?.geometry;
  if (!geometry) throw new Error('expected a placed stack');
  return geometry;
};

describe('geometry of a stack', () => {
  it('is uniform within 1 % of the slice distance', () => {
    expect(geometryOf([image(1, 0), image(2, 5), image(3, 10.04)]).uniform).toBe(true);
    expect(geometryOf([image(1, 0), image(2, 5), image(3, 10.2)]).uniform).toBe(false);
  });

  it('names missing slices with both distances', () => {
    const geometry = geometryOf([image(1, 0), image(2, 5), image(3, 10), image(4, 20)]);
    expect(sliceDistance(geometry)).toBe(5);
    expect(geometryNotes(geometry)).toEqual([
      {
        code: 'missing-slices',
        severity: 'warning',
        text: 'Slices are missing at 1 place: the widest step is 10.0 mm, the usual one 5.0 mm.',
        params: { places: 1, widest: '10.0', usual: '5.0' },
      },
    ]);
  });

  it('tells uneven spacing from missing slices', () => {
    const notes = geometryNotes(geometryOf([image(1, 0), image(2, 5), image(3, 10.5)]));
    expect(notes.map(({ code }) => code)).toEqual(['uneven-spacing']);
  });

  it('notices a stack whose slices are shifted in their plane (gantry tilt)', () => {
    const at = (number: number, z: number) => image(number, z, { ImagePositionPatient: [-190, -190 + z / 2, z] });
    const notes = geometryNotes(geometryOf([at(1, 0), at(2, 5), at(3, 10)]));
    expect(notes.map(({ code, text }) => [code, text])).toEqual([
      [
        'sheared-stack',
        'The slices are shifted against each other by 5.0 mm in their plane (gantry tilt or a rotated slab).',
      ],
    ]);
  });

  it('has one position and no distance for a single slice', () => {
    const geometry = geometryOf([image(1, 7)]);
    expect(geometry.positions).toEqual([[-190, -190, 7]]);
    expect(geometry.uniform).toBe(true);
    expect(sliceDistance(geometry)).toBeUndefined();
    expect(geometryNotes(geometry)).toEqual([]);
  });

  it('takes the first PixelSpacing value for rows and the second for columns (PS3.3 10.7.1.3)', () => {
    const geometry = geometryOf(slices(2, 1, { PixelSpacing: [2, 1] }));
    expect(pixelToPatient(geometry, 0, 10, 0)).toEqual([-190, -170, 0]);
    expect(pixelToPatient(geometry, 0, 0, 10)).toEqual([-180, -190, 0]);
  });

  it('straightens rounded directions', () => {
    const geometry = geometryOf(slices(2, 1, { ImageOrientationPatient: [0.9999, 0.001, 0, 0, 1, 0] }));
    const [x, y, z] = geometry.rowDirection;
    expect(Math.hypot(x, y, z)).toBeCloseTo(1, 12);
    const [cx, cy, cz] = geometry.columnDirection;
    expect(x * cx + y * cy + z * cz).toBeCloseTo(0, 12);
  });
});
