import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellToPatient, distance, dot, type Vec3 } from '#shared/study/geometry.ts';
import { resampleOnGrid } from '#shared/study/resample/resample.ts';
import { cohortSampleContract } from '../../../../../src/main/study/sample/crop-contract.ts';
import { sampleGrid } from '../../../../../src/main/study/sample/sample-grid.ts';
import { centroid, filledVolume, gaussian, rotate, stackGeometry } from './volumes.ts';

const center: Vec3 = [-62.5, 11.3, 1043.7];
const grid = sampleGrid(center, 40, cohortSampleContract.crop);
const SIGMA_MM = 7;

/** The true blob is off the grid's centre, so that a swapped or mirrored axis shows. */
const blobAt: Vec3 = [center[0] + 9.4, center[1] - 6.1, center[2]];

const stacks = {
  'axial, as the scanner gives it': {
    rows: 96,
    columns: 96,
    rowSpacing: 1.4,
    columnSpacing: 1.4,
    gaps: Array(20).fill(4),
  },
  'anisotropic pixels': { rows: 60, columns: 140, rowSpacing: 2.3, columnSpacing: 0.9, gaps: Array(24).fill(3) },
  'rotated in plane': {
    rows: 110,
    columns: 110,
    rowSpacing: 1.3,
    columnSpacing: 1.3,
    gaps: Array(20).fill(4),
    angles: [0, 0, 0.5],
  },
  'oblique on two axes': {
    rows: 110,
    columns: 110,
    rowSpacing: 1.3,
    columnSpacing: 1.3,
    gaps: Array(30).fill(3),
    angles: [0.35, -0.25, 0.1],
  },
  coronal: {
    rows: 80,
    columns: 110,
    rowSpacing: 1.5,
    columnSpacing: 1.3,
    gaps: Array(40).fill(3),
    angles: [-Math.PI / 2, 0, 0],
  },
  sagittal: {
    rows: 80,
    columns: 110,
    rowSpacing: 1.5,
    columnSpacing: 1.3,
    gaps: Array(40).fill(3),
    angles: [0, Math.PI / 2, 0],
  },
  'flipped head to foot and left to right': {
    rows: 96,
    columns: 96,
    rowSpacing: 1.4,
    columnSpacing: 1.4,
    gaps: Array(20).fill(4),
    angles: [0, Math.PI, 0],
  },
  'uneven slice distances': {
    rows: 96,
    columns: 96,
    rowSpacing: 1.4,
    columnSpacing: 1.4,
    gaps: [3, 4, 3, 5, 3, 4, 3, 5, 4, 3, 3, 4, 5, 3, 4, 3],
  },
  'sheared: every slice with its own origin': {
    rows: 96,
    columns: 120,
    rowSpacing: 1.4,
    columnSpacing: 1.4,
    gaps: Array(20).fill(3),
    shear: 0.3,
  },
  'cropped elsewhere': {
    rows: 70,
    columns: 84,
    rowSpacing: 1.4,
    columnSpacing: 1.4,
    gaps: Array(14).fill(4),
    offset: [18, -12, 6],
  },
} satisfies Record<string, object>;

describe('resampleOnGrid', () => {
  for (const [name, options] of Object.entries(stacks)) {
    it(`lands a bright blob within 0.5 mm: ${name}`, () => {
      const offset: Vec3 = 'offset' in options ? (options.offset as Vec3) : [0, 0, 0];
      const angles = 'angles' in options ? (options.angles as Vec3) : ([0, 0, 0] as Vec3);
      const middle: Vec3 = [center[0] + offset[0], center[1] + offset[1], center[2] + offset[2]];
      const geometry = stackGeometry({ ...options, middle, angles });
      const volume = filledVolume(geometry, options.rows, options.columns, gaussian(blobAt, SIGMA_MM));
      const { values } = resampleOnGrid(volume, grid);
      expect(distance(centroid(values, grid), blobAt)).toBeLessThan(0.5);
    });
  }

  it('reproduces any linear field exactly, however the stack lies', () => {
    const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
    const spacing = fc.double({ min: 0.6, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        fc.tuple(angle, angle, angle),
        spacing,
        spacing,
        fc.array(fc.double({ min: 2, max: 4, noNaN: true }), { minLength: 6, maxLength: 20 }),
        fc.double({ min: -0.4, max: 0.4, noNaN: true }),
        (angles, rowSpacing, columnSpacing, gaps, shear) => {
          const geometry = stackGeometry({
            middle: center,
            angles,
            rows: 40,
            columns: 50,
            rowSpacing,
            columnSpacing,
            gaps,
            shear,
          });
          const slope = rotate([0.7, -0.4, 0.2], angles);
          const volume = filledVolume(geometry, 40, 50, (p) => dot(slope, p));
          const { values, inside } = resampleOnGrid(volume, { ...grid, rows: 24, columns: 24, spacing: 5 });
          const small = { ...grid, rows: 24, columns: 24, spacing: 5 };
          // Clamping at the edge adds at most half a pixel or half a slice distance.
          const edge = Math.max(rowSpacing, columnSpacing, ...gaps) + 1e-3;
          for (let i = 0; i < values.length; i++) {
            if (!inside[i]) continue;
            const truth = dot(slope, cellToPatient(small, Math.floor(i / 24), i % 24));
            expect(Math.abs((values[i] ?? 0) - truth)).toBeLessThan(edge);
          }
          const mid = 12 * 24 + 12;
          expect(inside[mid]).toBe(1);
          expect(values[mid]).toBeCloseTo(dot(slope, cellToPatient(small, 12, 12)), 2);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  const flatStack = (gaps: number[], middle: Vec3 = center) =>
    filledVolume(
      stackGeometry({ middle, rows: 64, columns: 64, rowSpacing: 1, columnSpacing: 1, gaps }),
      64,
      64,
      () => 5,
    );

  it('takes a point half a slice beyond the last one and refuses a point farther out', () => {
    // Slices at −4 … +4 mm from the middle; the plane lies 5.9 and 6.1 mm below it.
    const near = resampleOnGrid(flatStack([4, 4], [center[0], center[1], center[2] + 5.9]), grid);
    const far = resampleOnGrid(flatStack([4, 4], [center[0], center[1], center[2] + 6.1]), grid);
    expect(near.coverage).toBeGreaterThan(0);
    expect(near.slices).toEqual({ first: 0, last: 0 });
    expect(far.coverage).toBe(0);
    expect(far.slices).toBeNull();
  });

  it('states the share of the crop that the image covers', () => {
    // 64 mm of an 84 mm field of view, each way.
    expect(resampleOnGrid(flatStack([4, 4]), grid).coverage).toBeCloseTo((64 / 84) ** 2, 1);
  });

  it('leaves a hole where slices are missing instead of drawing across it', () => {
    const { coverage } = resampleOnGrid(flatStack([4, 4, 40, 4, 4]), grid);
    expect(coverage).toBe(0);
  });

  it('takes what is not a number as outside', () => {
    const volume = flatStack([4, 4]);
    volume.data.fill(Number.NaN);
    expect(resampleOnGrid(volume, grid).coverage).toBe(0);
  });

  it('refuses slices that are not sorted, or more slices than positions', () => {
    const volume = flatStack([4, 4]);
    const reversed = { ...volume, geometry: { ...volume.geometry, positions: volume.geometry.positions.toReversed() } };
    expect(() => resampleOnGrid(reversed, grid)).toThrow(expect.objectContaining({ code: 'unplaceable-series' }));
    const short = { ...volume, geometry: { ...volume.geometry, positions: volume.geometry.positions.slice(1) } };
    expect(() => resampleOnGrid(short, grid)).toThrow(expect.objectContaining({ detail: '2 positions for 3 slices' }));
  });
});
