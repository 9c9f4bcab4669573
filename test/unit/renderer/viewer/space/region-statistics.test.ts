import { expect, it } from 'vitest';
import { add, pixelToPatient, scale, type Vec3 } from '#shared/study/geometry.ts';
import { regionStatistics } from '../../../../../src/renderer/viewer/space/region-statistics.ts';
import { makeStack } from '../stacks.ts';

const [rows, columns] = [20, 24];
const pixels = Int16Array.from({ length: rows * columns }, (_, i) => 4000 + ((i * 37) % 101));
const g = makeStack({
  rowDirection: [Math.cos(0.3), Math.sin(0.3), 0],
  columnDirection: [-Math.sin(0.3) * Math.cos(0.2), Math.cos(0.3) * Math.cos(0.2), Math.sin(0.2)],
  origin: [-40, 12, 85],
  rowSpacing: 1.5,
  columnSpacing: 0.9,
});
const slice = { g, slice: 0, pixels, rows, columns };

/** Around a fractional pixel, turned in the plane of the slice. */
const ellipse = (
  row: number,
  column: number,
  halfA: number,
  halfB: number,
  degrees: number,
): [Vec3, Vec3, Vec3, Vec3] => {
  const turn = (degrees * Math.PI) / 180;
  const along = (x: number, y: number) => add(scale(g.rowDirection, x), scale(g.columnDirection, y));
  const [u, v] = [along(Math.cos(turn), Math.sin(turn)), along(-Math.sin(turn), Math.cos(turn))];
  const center = pixelToPatient(g, 0, row, column);
  return [
    add(center, scale(u, -halfA)),
    add(center, scale(u, halfA)),
    add(center, scale(v, -halfB)),
    add(center, scale(v, halfB)),
  ];
};

it('equals what another program counts on the same pixels: oblique slice, pixels that are not square, turned ellipse', () => {
  // Python 3.11, statistics.fmean and statistics.stdev over the pixels whose centres satisfy (a/6)² + (b/4)² ≤ 1, a and b in mm
  // along the axes of the ellipse, from (column − 11.6) · 0.9 and (row − 9.3) · 1.5 turned by 25°.
  const found = regionStatistics(slice, ellipse(9.3, 11.6, 6, 4, 25));
  expect(found?.pixels).toBe(56);
  expect(found?.mean).toBeCloseTo(4049.285714285714, 9);
  expect(found?.sd).toBeCloseTo(29.615545233551238, 9);
});

it('counts what lies in the image only, one pixel without a spread, and none where there is none', () => {
  expect(regionStatistics(slice, ellipse(0, 0, 0.2, 0.2, 0))).toEqual({ mean: 4000, sd: 0, pixels: 1 });
  const corner = regionStatistics(slice, ellipse(0, 0, 3, 3, 0));
  const middle = regionStatistics(slice, ellipse(10, 10, 3, 3, 0));
  expect(corner?.pixels).toBeLessThan(middle?.pixels ?? 0);
  expect(regionStatistics(slice, ellipse(5.5, 5.5, 0.2, 0.2, 0))).toBeUndefined();
  expect(regionStatistics(slice, ellipse(-30, -30, 3, 3, 0))).toBeUndefined();
});
