import { describe, expect, it } from 'vitest';
import { add, pixelToPatient, scale, type Vec3 } from '#shared/study/geometry.ts';
import { movedStack } from '#shared/study/series-shift.ts';
import { regionInPhase, regionPoints } from '../../../../../src/renderer/viewer/space/region-over-phases.ts';
import { regionStatistics } from '../../../../../src/renderer/viewer/space/region-statistics.ts';
import { makeStack, tilted } from '../stacks.ts';

const [SLICES, ROWS, COLUMNS] = [9, 60, 64];
const shape: [number, number, number] = [SLICES, ROWS, COLUMNS];
const stack = (of: Parameters<typeof makeStack>[0]) =>
  makeStack({ rowSpacing: 1.4, columnSpacing: 1.1, spacing: 4, slices: SLICES, ...of });
const filled = (g: ReturnType<typeof makeStack>, f: (p: Vec3) => number) => {
  const data = new Float32Array(SLICES * ROWS * COLUMNS);
  let i = 0;
  for (let k = 0; k < SLICES; k++)
    for (let r = 0; r < ROWS; r++) for (let c = 0; c < COLUMNS; c++) data[i++] = f(pixelToPatient(g, k, r, c));
  return { shape, data, geometry: g };
};

const own = stack({ origin: [-30, -40, 0] });
const slice = 4;
const center = pixelToPatient(own, slice, 30, 31);
const [u, v]: [Vec3, Vec3] = [scale([0.8, 0.6, 0], 11), scale([-0.6, 0.8, 0], 7)];
const ellipse: [Vec3, Vec3, Vec3, Vec3] = [
  add(center, scale(u, -1)),
  add(center, u),
  add(center, scale(v, -1)),
  add(center, v),
];
const texture = ([x, y, z]: Vec3): number => 200 + 30 * Math.sin(x / 4) + 20 * Math.cos(y / 5) + 3 * z;
const linear = ([x, y, z]: Vec3): number => 100 + 2 * x - y + 3 * z;

const region = regionPoints(own, slice, ellipse);
if (!region) throw new Error('it has pixels');

describe('a region over the phases', () => {
  it('is on its own series what the mark itself says, pixel by pixel', () => {
    const volume = filled(own, texture);
    const pixels = volume.data.subarray(slice * ROWS * COLUMNS, (slice + 1) * ROWS * COLUMNS);
    const wanted = regionStatistics({ g: own, slice, pixels, rows: ROWS, columns: COLUMNS }, ellipse);
    const found = regionInPhase(region, volume);
    expect(found?.points).toBe(wanted?.pixels);
    expect(found?.mean).toBeCloseTo(wanted?.mean ?? Number.NaN, 4);
    expect(found?.sd).toBeCloseTo(wanted?.sd ?? Number.NaN, 4);
    expect(found?.covered).toBe(1);
  });

  it('is read from an oblique series where it lies in the patient', () => {
    const oblique = filled(stack({ ...tilted(18), origin: [-40, -38, -12], columnSpacing: 1.3 }), linear);
    const still = regionInPhase(region, filled(own, linear));
    const found = regionInPhase(region, oblique);
    expect(found?.covered).toBe(1);
    expect(found?.mean).toBeCloseTo(still?.mean ?? Number.NaN, 2);
    expect(found?.sd).toBeCloseTo(still?.sd ?? Number.NaN, 2);
  });

  it('follows a series that was moved by hand', () => {
    const shift: Vec3 = [3, -2, 4];
    const volume = filled(own, linear);
    const found = regionInPhase(region, { ...volume, geometry: movedStack(own, shift) });
    const still = regionInPhase(region, volume);
    // What lies there now lay so far back: 2·3 − (−2) + 3·4 = 20 less.
    expect((still?.mean ?? 0) - (found?.mean ?? 0)).toBeCloseTo(20, 2);
  });

  it('says how much of it a series shows, and nothing where that shows nothing', () => {
    const cut = filled(stack({ origin: [center[0], -40, 0] }), linear);
    const found = regionInPhase(region, cut);
    expect(found?.covered).toBeGreaterThan(0.4);
    expect(found?.covered).toBeLessThan(0.65);
    expect(regionInPhase(region, filled(stack({ origin: [500, 0, 0] }), linear))).toBeUndefined();
    expect(regionPoints(own, slice, [center, center, center, center])).toBeUndefined();
  });
});
