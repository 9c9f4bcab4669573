import { describe, expect, it } from 'vitest';
import {
  cross,
  distance,
  dot,
  pixelToPatient,
  type StackGeometry,
  stackNormal,
  type Vec3,
} from '#shared/study/geometry.ts';
import { edgeLabels } from '../../../../../src/renderer/viewer/space/orientation.ts';
import {
  noSections,
  type Section,
  type SectionPlane,
  sectionPlanes,
  sectionSteps,
} from '../../../../../src/renderer/viewer/space/sections.ts';
import { makeStack, tilted } from '../stacks.ts';

const [SLICES, ROWS, COLUMNS] = [5, 7, 9];
const shape: [number, number, number] = [SLICES, ROWS, COLUMNS];
/** Every voxel is another number, so that each can be found again. */
const data = Float32Array.from({ length: SLICES * ROWS * COLUMNS }, (_, i) => i);

const section = (geometry: StackGeometry, plane: SectionPlane): Section => {
  const steps = sectionSteps({ shape, data, geometry }, plane);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
};

const spacings = { rowSpacing: 1.5, columnSpacing: 0.8, spacing: 4, slices: SLICES };
const stacks: Record<string, StackGeometry> = {
  axial: makeStack(spacings),
  'axial from the head down': makeStack({ ...spacings, rowDirection: [-1, 0, 0], origin: [40, 0, 0] }),
  coronal: makeStack({ ...spacings, rowDirection: [1, 0, 0], columnDirection: [0, 0, -1], origin: [-9, 3, 70] }),
  sagittal: makeStack({ ...spacings, rowDirection: [0, 1, 0], columnDirection: [0, 0, -1], origin: [5, -9, 30] }),
  'oblique by 15°': makeStack({ ...spacings, ...tilted(15) }),
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

  it.each(Object.keys(stacks))('%s: the letters are those of every reading room', (name) => {
    const g = stacks[name];
    if (!g) throw new Error(name);
    const letters = (plane: SectionPlane) => {
      const { left, right, top, bottom } = edgeLabels(section(g, plane).geometry);
      return [left, right, top, bottom].map((one) => one.charAt(0)).join('');
    };
    expect(letters('axial')).toBe('RLAP');
    expect(letters('coronal')).toBe('RLSI');
    expect(letters('sagittal')).toBe('APSI');
  });

  it('are refused, with the reason, where slices are missing, askew, alone or nowhere', () => {
    const even = makeStack(spacings);
    expect(noSections(shape, even)).toBeUndefined();
    expect(noSections(shape, undefined)).toBe('unplaced');
    expect(noSections([1, 7, 9], makeStack({ slices: 1 }))).toBe('one-slice');
    const hole = { ...even, positions: even.positions.map(([x, y, z], k): Vec3 => [x, y, k > 2 ? z + 4 : z]) };
    expect(noSections(shape, hole)).toBe('uneven');
    const askew = { ...even, positions: even.positions.map(([x, y, z], k): Vec3 => [x + k, y, z]) };
    expect(noSections(shape, askew)).toBe('uneven');
    // 8° from upright: after a liver of 200 mm the last slice stands 28 mm beside the first.
    const leaning = { ...even, positions: even.positions.map(([x, y, z], k): Vec3 => [x + 0.56 * k, y, z]) };
    expect(noSections(shape, leaning)).toBe('uneven');
    const rounded = { ...even, positions: even.positions.map(([x, y, z], k): Vec3 => [x + 0.02 * k, y, z]) };
    expect(noSections(shape, rounded)).toBeUndefined();
    expect(noSections(shape, makeStack({ ...spacings, ...tilted(15) }))).toBeUndefined();
  });
});
