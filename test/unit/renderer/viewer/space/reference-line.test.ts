import { describe, expect, it } from 'vitest';
import { distance, type Vec3 } from '#shared/study/geometry.ts';
import { referenceLine } from '../../../../../src/renderer/viewer/space/reference-line.ts';
import { distanceToSlice } from '../../../../../src/renderer/viewer/space/slices.ts';
import { makeStack, tilted } from '../stacks.ts';

const axial = { g: makeStack({ origin: [-50, -50, 0], slices: 20, spacing: 3 }), slice: 5, rows: 101, columns: 101 };
const sagittal = {
  g: makeStack({ rowDirection: [0, 1, 0], columnDirection: [0, 0, -1], origin: [40, -50, 60], slices: 30, spacing: 4 }),
  slice: 10,
  rows: 81,
  columns: 101,
};

describe('where one slice crosses another', () => {
  it('axial and sagittal: along the patient’s back, at the place of the sagittal slice', () => {
    const line = referenceLine(axial, sagittal);
    if (!line) throw new Error('they cross');
    const [x = Number.NaN] = sagittal.g.positions[10] ?? [];
    for (const end of line) {
      expect(end[0]).toBeCloseTo(x, 9);
      expect(end[2]).toBeCloseTo(15, 9);
    }
    expect(line.map((end) => end[1]).sort((a, b) => a - b)).toEqual([-50.5, 50.5]);
  });

  it.each([20, 35, -40, 60])('oblique by %i°: in both planes, and no farther than both images', (degrees) => {
    const g = makeStack({
      ...tilted(degrees),
      origin: [-60, -70 * Math.cos((degrees * Math.PI) / 180), 15 - 70 * Math.sin((degrees * Math.PI) / 180)],
      slices: 5,
      spacing: 4,
    });
    const oblique = { g, slice: 2, rows: 141, columns: 80 };
    const line = referenceLine(axial, oblique);
    if (!line) throw new Error('they cross');
    for (const end of line) {
      expect(Math.abs(distanceToSlice(axial.g, axial.slice, end))).toBeLessThan(1e-9);
      expect(Math.abs(distanceToSlice(g, 2, end))).toBeLessThan(1e-9);
    }
    // From where the axial image begins (−50.5) to where the oblique one ends (−60 + 79.5).
    expect(line.map((end) => end[0]).sort((a, b) => a - b)).toEqual([
      expect.closeTo(-50.5, 6),
      expect.closeTo(19.5, 6),
    ]);
    expect(distance(...line)).toBeCloseTo(70, 6);
  });

  it.each([0, 1.5, -5, 14])('there is none across an image that is cut askew by %i°', (degrees) => {
    const askew = makeStack({ ...tilted(degrees), origin: [-50, -50, 15] });
    expect(referenceLine(axial, { ...axial, g: askew, slice: 0 })).toBeUndefined();
  });

  it('there is none between two slices of one stack, nor beyond the images', () => {
    expect(referenceLine(axial, { ...axial, slice: 9 })).toBeUndefined();
    const far = {
      ...sagittal,
      g: { ...sagittal.g, positions: sagittal.g.positions.map(([x, y, z]): Vec3 => [x + 200, y, z]) },
    };
    expect(referenceLine(axial, far)).toBeUndefined();
  });
});
