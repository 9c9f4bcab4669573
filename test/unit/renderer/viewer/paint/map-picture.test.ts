import { describe, expect, it } from 'vitest';
import type { PlaneGrid } from '#shared/study/geometry.ts';
import {
  evidenceColour,
  mapPicture,
  symmetricScale,
  valueAt,
} from '../../../../../src/renderer/viewer/paint/map-picture.ts';

const grid: PlaneGrid = {
  center: [0, 0, 0],
  rowDirection: [1, 0, 0],
  columnDirection: [0, 1, 0],
  rows: 2,
  columns: 3,
  spacing: 10,
};
const map = { grid, values: [0, 2, -4, 1, 0, 0] };

describe('colour of evidence', () => {
  it('is orange for, blue against, and as opaque as the value is large', () => {
    expect(evidenceColour(0.05, 0.05)).toEqual([255, 148, 71, 255]);
    expect(evidenceColour(-0.025, 0.05)).toEqual([127, 165, 255, 128]);
    expect(evidenceColour(0, 0.05)[3]).toBe(0);
  });

  it('has a scale that is the same for both signs', () => {
    expect(symmetricScale(map.values)).toBe(4);
  });
});

describe('a map without evidence', () => {
  it('stays dark: rounding errors are not stretched to full colour', () => {
    const values = [0, 5e-13, -3e-13, 0, 0, 0];
    expect(symmetricScale(values)).toBe(0.001);
    expect(
      mapPicture({ grid, values }, 4)
        .pixels.filter((_, i) => i % 4 === 3)
        .every((alpha) => alpha === 0),
    ).toBe(true);
  });
});

describe('interpolation', () => {
  it('is exact on cell centres and linear between them', () => {
    expect(valueAt(map, 0, 1)).toBe(2);
    expect(valueAt(map, 0, 1.5)).toBe(-1);
    expect(valueAt(map, 0.5, 0)).toBe(0.5);
  });

  it('goes on to the edge of the outer cells', () => {
    expect(valueAt(map, -0.5, 2.5)).toBe(-4);
  });

  it('crosses zero between opposite cells without a third colour', () => {
    const { width, height, pixels } = mapPicture(map, 8);
    expect([width, height]).toEqual([24, 16]);
    const colours = new Set<string>();
    for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3]) colours.add([...pixels.slice(i, i + 3)].join());
    expect([...colours].sort()).toEqual(['127,165,255', '255,148,71']);
  });
});

describe('a threshold', () => {
  it('leaves out the cells below it to their edges, and changes nothing of the others', () => {
    const finer = 8;
    const [all, strong] = [mapPicture(map, finer), mapPicture(map, finer, 1.5)];
    for (let y = 0; y < all.height; y++)
      for (let x = 0; x < all.width; x++) {
        const at = (y * all.width + x) * 4;
        const cell = map.values[Math.floor(y / finer) * grid.columns + Math.floor(x / finer)] ?? 0;
        const expected = Math.abs(cell) < 1.5 ? [0, 0, 0, 0] : [...all.pixels.slice(at, at + 4)];
        expect([...strong.pixels.slice(at, at + 4)]).toEqual(expected);
      }
  });
});
