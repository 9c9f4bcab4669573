import { describe, expect, it } from 'vitest';
import {
  add,
  cross,
  distance,
  dot,
  pixelToPatient,
  type StackGeometry,
  stackNormal,
  subtract,
  type Vec3,
} from '#shared/study/geometry.ts';
import type { PlacedVolume } from '#shared/study/resample/placed-volume.ts';
import { edgeLabels } from '../../../../../src/renderer/viewer/space/orientation.ts';
import {
  noSections,
  type Section,
  type SectionPlane,
  sectionPlanes,
  sectionSourceSteps,
  sectionSteps,
} from '../../../../../src/renderer/viewer/space/sections.ts';
import { distanceToSlice } from '../../../../../src/renderer/viewer/space/slices.ts';
import { makeStack, tilted } from '../stacks.ts';

const [C, S] = [Math.cos(0.4), Math.sin(0.4)];
const [SLICES, ROWS, COLUMNS] = [5, 7, 9];
const shape: [number, number, number] = [SLICES, ROWS, COLUMNS];
/** Every voxel is another number, so that each can be found again. */
const data = Float32Array.from({ length: SLICES * ROWS * COLUMNS }, (_, i) => i);

/** Of an oblique stack what it does not show. */
const OUTSIDE = -1;

const last = <T>(steps: Generator<number, T>): T => {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
};
const sectionOf = (source: PlacedVolume, plane: SectionPlane): Section =>
  last(sectionSteps(last(sectionSourceSteps(source, OUTSIDE)), plane));
const section = (geometry: StackGeometry, plane: SectionPlane): Section => sectionOf({ shape, data, geometry }, plane);

const spacings = { rowSpacing: 1.5, columnSpacing: 0.8, spacing: 4, slices: SLICES };
const stacks: Record<string, StackGeometry> = {
  axial: makeStack(spacings),
  'axial from the head down': makeStack({ ...spacings, rowDirection: [-1, 0, 0], origin: [40, 0, 0] }),
  coronal: makeStack({ ...spacings, rowDirection: [1, 0, 0], columnDirection: [0, 0, -1], origin: [-9, 3, 70] }),
  sagittal: makeStack({ ...spacings, rowDirection: [0, 1, 0], columnDirection: [0, 0, -1], origin: [5, -9, 30] }),
  'axial by rounded cosines': makeStack({ ...spacings, ...tilted(0.05) }),
};
const oblique: Record<string, StackGeometry> = {
  'tilted by 20°': makeStack({ ...spacings, ...tilted(20) }),
  'tilted by −40°': makeStack({ ...spacings, ...tilted(-40) }),
  'between two planes': makeStack({ ...spacings, ...tilted(45) }),
  'turned in its plane': makeStack({ ...spacings, rowDirection: [C, S, 0], columnDirection: [-S, C, 0] }),
  'doubly oblique': makeStack({ ...spacings, rowDirection: [C, S, 0], columnDirection: [-S * C, C * C, S] }),
};

describe('sections of a stack', () => {
  it.each(Object.entries(stacks).flatMap(([name, g]) => sectionPlanes.map((plane) => [name, plane, g] as const)))(
    '%s, %s: every voxel lies where it lay, and the slices ascend',
    (_name, plane, g) => {
      const made = section(g, plane);
      const [slices, rows, columns] = made.shape;
      expect(slices * rows * columns).toBe(data.length);
      let i = 0;
      for (let k = 0; k < slices; k++)
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const voxel = made.data[i++] ?? Number.NaN;
            const [slice, rest] = [Math.floor(voxel / (ROWS * COLUMNS)), voxel % (ROWS * COLUMNS)];
            const at = pixelToPatient(g, slice, Math.floor(rest / COLUMNS), rest % COLUMNS);
            expect(distance(pixelToPatient(made.geometry, k, r, c), at)).toBeLessThan(1e-9);
          }
      expect(new Set(made.data).size).toBe(data.length);
      const offsets = made.geometry.positions.map((position) => dot(position, stackNormal(made.geometry)));
      expect(offsets).toEqual([...offsets].sort((a, b) => a - b));
      const { rowDirection, columnDirection } = made.geometry;
      expect(distance(cross(rowDirection, columnDirection), stackNormal(made.geometry))).toBeLessThan(1e-12);
    },
  );

  it.each(Object.entries({ ...stacks, ...oblique }))('%s: the letters are those of every reading room', (_name, g) => {
    const letters = (plane: SectionPlane) => {
      const { left, right, top, bottom } = edgeLabels(section(g, plane).geometry);
      return [left, right, top, bottom].map((one) => one.charAt(0)).join('');
    };
    expect(letters('axial')).toBe('RLAP');
    expect(letters('coronal')).toBe('RLSI');
    expect(letters('sagittal')).toBe('APSI');
  });

  it('are refused, with the reason, where there is one slice, or none with a place', () => {
    expect(noSections(SLICES, makeStack(spacings))).toBeUndefined();
    expect(noSections(SLICES, undefined)).toBe('unplaced');
    expect(noSections(SLICES, makeStack({ slices: 4 }))).toBe('unplaced');
    expect(noSections(1, makeStack({ slices: 1 }))).toBe('one-slice');
  });
});

/** Linear in the patient, so that a trilinear reading of it is exact. */
const ramp = ([x, y, z]: Vec3): number => 1000 + 3 * x - 2 * y + 5 * z;
/** Bright around one place, dark elsewhere. */
const BALL: Vec3 = [1, 4, 9];
const ball = (p: Vec3): number => 1000 * Math.exp(-((distance(p, BALL) / 4) ** 2));

const sampled = (
  geometry: StackGeometry,
  size: PlacedVolume['shape'],
  intensity: (p: Vec3) => number,
): PlacedVolume => {
  const values: number[] = [];
  for (let k = 0; k < size[0]; k++)
    for (let r = 0; r < size[1]; r++)
      for (let c = 0; c < size[2]; c++) values.push(intensity(pixelToPatient(geometry, k, r, c)));
  return { shape: size, data: Float32Array.from(values), geometry };
};

/** Every point of a section, with its value. */
const pointsOf = ({ shape: [slices, rows, columns], geometry, data: values }: Section) => {
  const found: { at: Vec3; slice: number; value: number }[] = [];
  for (let k = 0; k < slices; k++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++)
        found.push({ at: pixelToPatient(geometry, k, r, c), slice: k, value: values[found.length] ?? Number.NaN });
  return found;
};

const around = (g: StackGeometry): StackGeometry => {
  // The middle of the stack comes to lie on the ball.
  const middle = pixelToPatient(g, 5, 10, 10);
  return { ...g, positions: g.positions.map((position) => add(position, subtract(BALL, middle))) };
};
const big = { rowSpacing: 1.5, columnSpacing: 1.2, spacing: 3, slices: 11 };
const size: PlacedVolume['shape'] = [11, 21, 21];
const uneven = makeStack(big);
const phantoms: Record<string, StackGeometry> = {
  'tilted by 20°': makeStack({ ...big, ...tilted(20) }),
  'tilted by −40°': makeStack({ ...big, ...tilted(-40) }),
  'tilted by 1°': makeStack({ ...big, ...tilted(1) }),
  'between two planes': makeStack({ ...big, ...tilted(45) }),
  'doubly oblique': makeStack({ ...big, rowDirection: [C, S, 0], columnDirection: [-S * C, C * C, S] }),
  askew: { ...uneven, positions: uneven.positions.map(([x, y, z], k): Vec3 => [x + 0.6 * k, y, z]) },
  'at different distances': {
    ...uneven,
    positions: uneven.positions.map(([x, y, z], k): Vec3 => [x, y, z + (k % 3) / 2]),
  },
};

describe('sections of a stack that does not lie along the body', () => {
  const cases = Object.entries(phantoms).flatMap(([name, g]) =>
    sectionPlanes.map((plane) => [name, plane, around(g)] as const),
  );
  const NORMALS: Record<SectionPlane, Vec3> = {
    axial: [0, 0, 1],
    coronal: [0, 1, 0],
    sagittal: [-1, 0, 0],
  };

  it.each(cases)('%s, %s: cut along the body, and what is seen is what lies there', (name, plane, g) => {
    const made = sectionOf(sampled(g, size, ramp), plane);
    expect(distance(stackNormal(made.geometry), NORMALS[plane])).toBeLessThan(1e-12);
    const shown = pointsOf(made).filter(({ value }) => value !== OUTSIDE);
    // Within the centres of its outermost pixels nothing is held on to an edge.
    const offsets = g.positions.map((position) => dot(position, stackNormal(g)));
    const isInner = (at: Vec3) => {
      const t = dot(at, stackNormal(g));
      const k = Math.max(0, offsets.findIndex((offset) => offset > t) - 1);
      const away = subtract(at, g.positions[k] ?? at);
      const [u, v] = [dot(away, g.rowDirection) / g.columnSpacing, dot(away, g.columnDirection) / g.rowSpacing];
      return t > (offsets[0] ?? 0) && t < (offsets[10] ?? 0) && u > 1 && u < 19 && v > 1 && v < 19;
    };
    const inner = shown.filter(({ at }) => isInner(at));
    expect(inner.length).toBeGreaterThan(1500);
    const worst = Math.max(...inner.map(({ at, value }) => Math.abs(value - ramp(at))));
    // Of slices that slide against each other one pixel stands for both; of all others it is exact.
    expect(worst).toBeLessThan(name === 'askew' ? 3.5 : 0.01);
  });

  it.each(cases)('%s, %s: a point is seen where it is, within half a slice', (_name, plane, g) => {
    const made = sectionOf(sampled(g, size, ball), plane);
    const points = pointsOf(made);
    const brightest = points.reduce((most, one) => (one.value > most.value ? one : most));
    const { rowSpacing, columnSpacing, positions } = made.geometry;
    const step = distance(positions[0] ?? BALL, positions[1] ?? BALL);
    expect(Math.abs(distanceToSlice(made.geometry, brightest.slice, BALL))).toBeLessThanOrEqual(step / 2 + 1e-6);
    const off = subtract(brightest.at, BALL);
    expect(Math.abs(dot(off, made.geometry.rowDirection))).toBeLessThanOrEqual(columnSpacing);
    expect(Math.abs(dot(off, made.geometry.columnDirection))).toBeLessThanOrEqual(rowSpacing);
  });

  it('black where slices are missing, whole numbers stay whole, no finer than the stack', () => {
    const hole = { ...uneven, positions: uneven.positions.map(([x, y, z], k): Vec3 => [x, y, k > 5 ? z + 15 : z]) };
    const made = sectionOf(
      { ...sampled(hole, size, ramp), data: Int16Array.from(sampled(hole, size, ramp).data) },
      'coronal',
    );
    expect(made.data).toBeInstanceOf(Int16Array);
    const inHole = pointsOf(made).filter(({ at }) => at[2] > 18 && at[2] < 30);
    expect(inHole.length).toBeGreaterThan(0);
    expect(inHole.every(({ value }) => value === OUTSIDE)).toBe(true);
    const { columnSpacing, rowSpacing } = sectionOf(
      sampled(phantoms['tilted by 1°'] ?? uneven, size, ramp),
      'axial',
    ).geometry;
    expect(columnSpacing).toBeCloseTo(1.2, 6);
    expect(rowSpacing).toBeCloseTo(1.5, 2);
  });
});
