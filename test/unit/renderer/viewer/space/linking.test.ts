import { describe, expect, it } from 'vitest';
import { subtract, type Vec3 } from '#shared/study/geometry.ts';
import { movedStack } from '#shared/study/series-shift.ts';
import {
  commonFrame,
  focusAfterScroll,
  linkDecision,
  sliceTarget,
} from '../../../../../src/renderer/viewer/space/linking.ts';
import { distanceToSlice } from '../../../../../src/renderer/viewer/space/slices.ts';
import { makeStack, tilted } from '../stacks.ts';

describe('linkDecision', () => {
  it('leaves an unplaced stack out', () => {
    expect(linkDecision(undefined, '1.2.3')).toEqual({ linked: false, reason: 'unplaced' });
  });

  it('leaves a stack of another frame of reference out', () => {
    expect(linkDecision(makeStack({ frame: '9.9' }), '1.2.3')).toEqual({ linked: false, reason: 'other-frame' });
    expect(linkDecision(makeStack({ frame: '1.2.3' }), '1.2.3')).toEqual({ linked: true });
  });

  it('takes the frame that most series share, the first on a tie', () => {
    const [a, b] = [makeStack({ frame: 'a' }), makeStack({ frame: 'b' })];
    expect(commonFrame([a, b, undefined, b])).toBe('b');
    expect(commonFrame([a, b])).toBe('a');
    expect(commonFrame([undefined])).toBeUndefined();
  });
});

describe('scrolling by patient position', () => {
  const fine = makeStack({ slices: 60, spacing: 3 });
  const coarse = makeStack({ slices: 23, spacing: 8 });

  it('moves a coarse stack only when its own nearest slice changes', () => {
    const shown = [10, 11, 13, 14].map((k) => sliceTarget(coarse, focusAfterScroll(fine, k, [0, 0, 0])).index);
    // 30, 33, 39 and 42 mm on slices every 8 mm: at 32 and at 40.
    expect(shown).toEqual([4, 4, 5, 5]);
  });

  it('goes there and back without drift', () => {
    const oblique = makeStack({ ...tilted(15), slices: 40, spacing: 4 });
    let focus = focusAfterScroll(fine, 20, [10, 20, 0]);
    const start = sliceTarget(oblique, focus).index;
    for (const k of [21, 22, 23, 22, 21, 20]) focus = focusAfterScroll(fine, k, focus);
    expect(sliceTarget(oblique, focus).index).toBe(start);
    expect(distanceToSlice(fine, 20, focus)).toBeCloseTo(0, 9);
  });

  it('leaves a coronal stack where it is while an axial one scrolls', () => {
    const coronal = makeStack({
      rowDirection: [1, 0, 0],
      columnDirection: [0, 0, -1],
      origin: [0, -50, 100],
      slices: 30,
      spacing: 4,
    });
    const before = sliceTarget(coronal, [0, 10, 30]).index;
    expect(sliceTarget(coronal, focusAfterScroll(fine, 40, [0, 10, 30])).index).toBe(before);
  });
});

describe('a position shown is within half a slice of the slice that shows it', () => {
  const sagittal = { rowDirection: [0, 1, 0] as Vec3, columnDirection: [0, 0, -1] as Vec3 };
  const stacks = {
    axial: makeStack({ origin: [-50, -50, -40], slices: 40, spacing: 3 }),
    'oblique by 20°': makeStack({ ...tilted(20), origin: [-50, -50, -60], slices: 40, spacing: 4 }),
    'oblique by −35°': makeStack({ ...tilted(-35), origin: [-50, -50, -20], slices: 40, spacing: 4 }),
    sagittal: makeStack({ ...sagittal, origin: [90, -50, 90], slices: 40, spacing: 5 }),
  };
  const shifts: Vec3[] = [
    [0, 0, 0],
    [3, 0, -5],
    [-7.5, 12.25, 9],
  ];
  const positions: Vec3[] = [
    [0, 0, 0],
    [11, -7, 18],
    [-23, 31, -9],
  ];

  it.each(
    Object.entries(stacks).flatMap(([name, stack]) =>
      shifts.map((mm) => [`${name}, moved by ${mm}`, stack, mm] as const),
    ),
  )('%s', (_name, stack, mm) => {
    const moved = movedStack(stack, mm);
    const spacing = distanceToSlice(stack, 0, stack.positions[1] ?? [0, 0, 0]);
    for (const position of positions) {
      const { index, covered } = sliceTarget(moved, position);
      expect(covered).toBe(true);
      expect(Math.abs(distanceToSlice(moved, index, position))).toBeLessThanOrEqual(spacing / 2 + 1e-9);
      // By the file's own geometry it is what lay so far away: the shift is taken off, not added.
      const before = subtract(position, mm);
      expect(Math.abs(distanceToSlice(stack, index, before))).toBeLessThanOrEqual(spacing / 2 + 1e-9);
    }
  });
});
