import { describe, expect, it } from 'vitest';
import {
  distanceToSlice,
  nearestSlice,
  onlyIndexOf,
  ontoSlice,
  slabOf,
  sliceCenter,
  sliceCovers,
} from '../../../../../src/renderer/viewer/space/slices.ts';
import { makeStack, tilted } from '../stacks.ts';

describe('nearestSlice', () => {
  it('projects onto the normal, whatever the position within the plane', () => {
    const g = makeStack({ slices: 10, spacing: 3 });
    expect(nearestSlice(g, [0, 0, 13])).toMatchObject({ index: 4, covered: true });
    expect(nearestSlice(g, [500, -300, 13])).toMatchObject({ index: 4, covered: true });
  });

  it('counts slices of a mirrored stack from the head down', () => {
    const g = makeStack({ rowDirection: [-1, 0, 0], origin: [0, 0, 27], slices: 10, spacing: 3 });
    expect(g.positions[9]).toEqual([0, 0, 0]);
    expect(nearestSlice(g, [0, 0, 24.2]).index).toBe(1);
  });

  it('takes the tilt of an oblique stack into account', () => {
    const g = makeStack({ ...tilted(30), slices: 40, spacing: 2 });
    const onSlice12 = sliceCenter(g, 12, 64, 64);
    expect(nearestSlice(g, onSlice12).index).toBe(12);
    expect(Math.abs(nearestSlice(g, onSlice12).distanceMm)).toBeLessThan(1e-9);
  });

  it('says that a position above or below the stack is not covered', () => {
    const g = makeStack({ slices: 10, spacing: 3 });
    expect(nearestSlice(g, [0, 0, 28.4])).toMatchObject({ index: 9, covered: true });
    expect(nearestSlice(g, [0, 0, 29])).toMatchObject({ index: 9, covered: false });
    expect(nearestSlice(g, [0, 0, -1.6])).toMatchObject({ index: 0, covered: false });
  });

  it('does not bridge a hole left by missing slices', () => {
    const whole = makeStack({ slices: 12, spacing: 3 });
    const g = { ...whole, positions: whole.positions.filter((_, k) => k < 4 || k > 8), uniform: false };
    expect(nearestSlice(g, [0, 0, 18]).covered).toBe(false);
    expect(nearestSlice(g, [0, 0, 10]).covered).toBe(true);
  });
});

describe('slabOf', () => {
  it('reaches half way to the neighbours', () => {
    const g = {
      ...makeStack({ slices: 3 }),
      positions: [
        [0, 0, 0],
        [0, 0, 3],
        [0, 0, 7],
      ] as [number, number, number][],
    };
    expect(slabOf(g, 1)).toEqual({ below: 1.5, above: 2 });
  });

  it('lets the thickness decide for a single slice, and its plane alone where that is unknown', () => {
    const g = makeStack({ slices: 1 });
    expect(slabOf(g, 0, 5)).toEqual({ below: 2.5, above: 2.5 });
    expect(sliceCovers(g, 0, [0, 0, 0])).toBe(true);
    expect(sliceCovers(g, 0, [0, 0, 0.1])).toBe(false);
  });
});

describe('ontoSlice', () => {
  it('moves a position along the normal only', () => {
    const g = makeStack({ slices: 10, spacing: 3 });
    expect(ontoSlice(g, 5, [12, -7, 1])).toEqual([12, -7, 15]);
    const oblique = makeStack({ ...tilted(20), slices: 10 });
    expect(distanceToSlice(oblique, 4, ontoSlice(oblique, 4, [9, 9, 9]))).toBeCloseTo(0, 9);
  });
});

describe('onlyIndexOf', () => {
  it('finds a slice by an identifier that no other slice has', () => {
    expect(onlyIndexOf(['1.1', '1.2', '1.3'], '1.2')).toBe(1);
    expect(onlyIndexOf(['1.1', '1.2'], '1.9')).toBeUndefined();
    // Frames of one object, or one UID in every image: the place of the lesion has to tell.
    expect(onlyIndexOf(['1.1', '1.1', '1.1'], '1.1')).toBeUndefined();
  });
});
