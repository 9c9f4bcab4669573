import { describe, expect, it } from 'vitest';
import { add, cellToPatient, cross, type PlaneGrid, scale, type Vec3 } from '#shared/study/geometry.ts';
import { overlapWithUnitCircle } from '../../../../../src/renderer/viewer/space/circle-overlap.ts';
import { evidenceAt, evidenceIn, hiddenEvidence } from '../../../../../src/renderer/viewer/space/map-evidence.ts';

/** A turned and tilted map, cells of 12.5 mm. */
const c = Math.cos(0.4);
const s = Math.sin(0.4);
const grid: PlaneGrid = {
  center: [31, -22, 64],
  rowDirection: [c, s, 0],
  columnDirection: [-s * Math.cos(0.3), c * Math.cos(0.3), Math.sin(0.3)],
  rows: 8,
  columns: 8,
  spacing: 12.5,
};
const values = Array.from({ length: 64 }, (_, i) => ((i * 29) % 17) / 100 - 0.05);
const map = { grid, values };
const whole = values.reduce((sum, value) => sum + value, 0);
const cellValue = (row: number, column: number): number => values[row * 8 + column] ?? Number.NaN;
const normal = cross(grid.rowDirection, grid.columnDirection);

/** Ends of the axes around a fractional cell, half axes in mm, lifted off the map. */
const ellipse = (
  row: number,
  column: number,
  a: number,
  b: number,
  degrees = 0,
  lift = 0,
): [Vec3, Vec3, Vec3, Vec3] => {
  const turn = (degrees * Math.PI) / 180;
  const along = (x: number, y: number): Vec3 => add(scale(grid.rowDirection, x), scale(grid.columnDirection, y));
  const [u, v] = [along(a * Math.cos(turn), a * Math.sin(turn)), along(-b * Math.sin(turn), b * Math.cos(turn))];
  const center = add(cellToPatient(grid, row, column), scale(normal, lift));
  return [add(center, scale(u, -1)), add(center, u), add(center, scale(v, -1)), add(center, v)];
};

describe('the value under the pointer', () => {
  it('is that of the cell, in the resolution of the map and not of the picture, wherever the slice cuts its normal', () => {
    for (const [row, column] of [
      [0, 0],
      [3, 5],
      [7, 7],
    ] as const)
      for (const [dr, dc, lift] of [
        [0, 0, 0],
        [0.49, -0.49, 4],
        [-0.49, 0.49, -7],
      ] as const)
        expect(evidenceAt(map, add(cellToPatient(grid, row + dr, column + dc), scale(normal, lift)))).toBe(
          cellValue(row, column),
        );
  });

  it('is none outside of the crop', () => {
    for (const [row, column] of [
      [-0.51, 3],
      [7.51, 3],
      [3, -0.51],
      [3, 7.51],
    ] as const)
      expect(evidenceAt(map, cellToPatient(grid, row, column))).toBeUndefined();
  });
});

describe('the evidence in a region', () => {
  it('of the whole map is what the image adds', () => {
    const found = evidenceIn(map, ellipse(3.5, 3.5, 500, 400));
    expect(found?.sum).toBeCloseTo(whole, 12);
    expect(found?.share).toBeCloseTo(1, 12);
    expect(found?.covered).toBeCloseTo(10_000 / (Math.PI * 500 * 400), 12);
  });

  it('within one cell is its value by the share of its area', () => {
    const found = evidenceIn(map, ellipse(2, 5, 5, 3, 35, 6));
    expect(found?.sum).toBeCloseTo((cellValue(2, 5) * Math.PI * 5 * 3) / 12.5 ** 2, 12);
    expect(found?.covered).toBeCloseTo(1, 12);
  });

  it('over the border of two cells is half of each', () => {
    const found = evidenceIn(map, ellipse(4, 3.5, 4, 4));
    expect(found?.sum).toBeCloseTo((((cellValue(4, 3) + cellValue(4, 4)) / 2) * Math.PI * 16) / 12.5 ** 2, 12);
  });

  it('equals what is counted on fine points, turned and partly outside', () => {
    const [row, column, a, b, degrees] = [0.6, 6.2, 41, 23, 25];
    const turn = (degrees * Math.PI) / 180;
    const finer = 100;
    let [sum, inside] = [0, 0];
    for (let i = 0; i < 8 * finer; i++)
      for (let j = 0; j < 8 * finer; j++) {
        const [y, x] = [((i + 0.5) / finer - 0.5 - row) * 12.5, ((j + 0.5) / finer - 0.5 - column) * 12.5];
        const [p, q] = [x * Math.cos(turn) + y * Math.sin(turn), y * Math.cos(turn) - x * Math.sin(turn)];
        if ((p / a) ** 2 + (q / b) ** 2 > 1) continue;
        inside += 1 / finer ** 2;
        sum += cellValue(Math.floor(i / finer), Math.floor(j / finer)) / finer ** 2;
      }
    const found = evidenceIn(map, ellipse(row, column, a, b, degrees));
    expect(found?.sum).toBeCloseTo(sum, 3);
    expect(found?.covered).toBeCloseTo((inside * 12.5 ** 2) / (Math.PI * a * b), 3);
    expect(found?.covered).toBeLessThan(0.9);
  });

  it('is no share of a whole that it stands against or exceeds; beside the map it is nothing', () => {
    const cancelling = { grid, values: values.map((value, i) => (i === 0 ? 1 : i === 63 ? -0.9 : value * 0)) };
    expect(evidenceIn(cancelling, ellipse(0, 0, 100, 1))?.share).toBeUndefined();
    expect(evidenceIn(cancelling, ellipse(7, 7, 5, 5))?.share).toBeUndefined();
    const beside = evidenceIn(map, ellipse(40, 40, 9, 9));
    expect(beside?.sum).toBeCloseTo(0, 12);
    expect(beside?.covered).toBeCloseTo(0, 12);
    expect(evidenceIn(map, ellipse(3, 3, 9, 0))).toBeUndefined();
  });
});

describe('a polygon and the unit circle', () => {
  it('share what geometry says, either way round', () => {
    const half: [number, number][] = [
      [0, -2],
      [2, -2],
      [2, 2],
      [0, 2],
    ];
    expect(overlapWithUnitCircle(half)).toBeCloseTo(Math.PI / 2, 12);
    expect(overlapWithUnitCircle([...half].reverse())).toBeCloseTo(Math.PI / 2, 12);
    expect(overlapWithUnitCircle(half.map(([x, y]) => [x / 4, y / 4]))).toBeCloseTo(0.5, 12);
    expect(overlapWithUnitCircle(half.map(([x, y]) => [x + 3, y]))).toBeCloseTo(0, 12);
    // A circular segment beyond a chord at half of the radius: π/3 − √3/4.
    expect(overlapWithUnitCircle(half.map(([x, y]) => [x + 0.5, y]))).toBeCloseTo(Math.PI / 3 - Math.sqrt(3) / 4, 12);
  });
});

it('a threshold says which cells it leaves out, and what they add up to', () => {
  expect(hiddenEvidence([0.3, -0.2, 0.05, -0.04, 0], 0.05)).toEqual({ cells: 2, sum: -0.04 });
  expect(hiddenEvidence([0.3, 0], 0)).toEqual({ cells: 0, sum: 0 });
});
