import { describe, expect, it } from 'vitest';
import {
  add,
  cellToPatient,
  cross,
  dot,
  type PlaneGrid,
  pixelToPatient,
  type StackGeometry,
  scale,
  stackNormal,
  subtract,
  type Vec3,
} from '#shared/study/geometry.ts';
import { mapPicture } from '../../../../../src/renderer/viewer/paint/map-picture.ts';
import {
  cellOnSlice,
  gridNormal,
  mapVisibility,
  pictureToCanvas,
} from '../../../../../src/renderer/viewer/space/map-placement.ts';
import { distanceToSlice, nearestSlice } from '../../../../../src/renderer/viewer/space/slices.ts';
import { makeStack, type StackOptions, tilted } from '../stacks.ts';

const BLOCK: Vec3 = [32, -21, 15];
const HALF = 6;
const CELL = 12;
const FINER = 16;

/** Axial 8 × 8 map whose cell (2, 5) has its centre on the block. */
const grid: PlaneGrid = {
  center: [BLOCK[0] - 1.5 * CELL, BLOCK[1] + 1.5 * CELL, BLOCK[2]],
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  rows: 8,
  columns: 8,
  spacing: CELL,
};
const map = { grid, values: Array.from({ length: 64 }, (_, i) => (i === 2 * 8 + 5 ? 0.4 : 0)) };

/** A screen on which a slice stands zoomed by 2.5 and moved; the x axis runs with the columns. */
const screen = (g: StackGeometry, k: number) => {
  const origin = g.positions[k] ?? [0, 0, 0];
  return (p: Vec3): [number, number] => {
    const d = subtract(p, origin);
    return [40 + 2.5 * dot(d, g.rowDirection), -13 + 2.5 * dot(d, g.columnDirection)];
  };
};

/** Where a synthetic volume with one bright block shows it: centroid of its bright pixels, mm LPS. */
const blockOnSlice = (g: StackGeometry, k: number, rows: number, columns: number): Vec3 => {
  let sum: Vec3 = [0, 0, 0];
  let count = 0;
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) {
      const p = pixelToPatient(g, k, r, c);
      // Endless along z, so that a tilted slice cuts it whole.
      if (Math.abs(p[0] - BLOCK[0]) > HALF || Math.abs(p[1] - BLOCK[1]) > HALF) continue;
      sum = add(sum, p);
      count++;
    }
  return scale(sum, 1 / count);
};

/** Centroid of the map's picture on the screen, weighted by opacity. */
const mapOnScreen = (g: StackGeometry, k: number): [number, number] => {
  const picture = mapPicture(map, FINER);
  const [a, b, c, d, e, f] = pictureToCanvas(grid, g, k, picture, screen(g, k));
  let [x, y, weight] = [0, 0, 0];
  for (let row = 0; row < picture.height; row++)
    for (let column = 0; column < picture.width; column++) {
      const alpha = picture.pixels[(row * picture.width + column) * 4 + 3] ?? 0;
      x += alpha * (a * (column + 0.5) + c * (row + 0.5) + e);
      y += alpha * (b * (column + 0.5) + d * (row + 0.5) + f);
      weight += alpha;
    }
  return [x / weight, y / weight];
};

const turned = (degrees: number): Pick<StackOptions, 'rowDirection' | 'columnDirection'> => {
  const a = (degrees * Math.PI) / 180;
  return { rowDirection: [Math.cos(a), Math.sin(a), 0], columnDirection: [-Math.sin(a), Math.cos(a), 0] };
};

describe('the map lies where its evidence is', () => {
  const stacks: [string, StackOptions][] = [
    ['as usual', {}],
    ['columns and rows reversed', { rowDirection: [-1, 0, 0], columnDirection: [0, -1, 0], origin: [100, 100, 0] }],
    ['mirrored, from the head down', { rowDirection: [-1, 0, 0], origin: [100, -100, 27] }],
    ['turned in the plane', { ...turned(20) }],
    ['oblique', { ...tilted(12), origin: [-60, -98, -12] }],
    ['oblique the other way', { ...tilted(-12), origin: [-60, -98, 20] }],
    ['coarse and not square', { rowSpacing: 2, columnSpacing: 0.75 }],
  ];

  it.each(stacks)('%s', (_, options) => {
    const g = makeStack({
      origin: [-100, -100, 0],
      slices: 11,
      spacing: 3,
      rowSpacing: 0.5,
      columnSpacing: 0.5,
      ...options,
    });
    const k = nearestSlice(g, grid.center).index;
    expect(mapVisibility(grid, g, k)).toEqual({ shown: true });
    const [x, y] = mapOnScreen(g, k);
    const [expectedX, expectedY] = screen(g, k)(blockOnSlice(g, k, 420, 420));
    // Half a millimetre at 2.5 pixels a millimetre.
    expect(Math.hypot(x - expectedX, y - expectedY)).toBeLessThan(1.25);
  });

  it('keeps every cell on its own normal and on the slice', () => {
    const g = makeStack({ ...tilted(15), origin: [-60, -98, -12], slices: 20 });
    const p = cellOnSlice(grid, g, 7, 1.25, 6.5);
    expect(distanceToSlice(g, 7, p)).toBeCloseTo(0, 9);
    const off = cross(subtract(p, cellToPatient(grid, 1.25, 6.5)), gridNormal(grid));
    expect(Math.hypot(...off)).toBeLessThan(1e-9);
  });
});

describe('mapVisibility', () => {
  it('names the slice that has it', () => {
    const g = makeStack({ slices: 11, spacing: 3 });
    expect(mapVisibility(grid, g, 5)).toEqual({ shown: true });
    expect(mapVisibility(grid, g, 4)).toEqual({ shown: false, reason: 'other-slice', slice: 5 });
  });

  it('says that a stack does not reach it', () => {
    expect(mapVisibility(grid, makeStack({ slices: 3, spacing: 3 }), 2)).toEqual({
      shown: false,
      reason: 'not-covered',
    });
  });

  it('is not drawn across a coronal slice', () => {
    const coronal = makeStack({ columnDirection: [0, 0, -1], origin: [0, -60, 60], slices: 30 });
    expect(Math.abs(dot(stackNormal(coronal), gridNormal(grid)))).toBeLessThan(1e-9);
    expect(mapVisibility(grid, coronal, 12)).toEqual({ shown: false, reason: 'tilted' });
  });
});
