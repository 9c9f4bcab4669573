import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { add, type StackGeometry, scale, type Vec3 } from '#shared/study/geometry.ts';
import type { PlacedVolume } from '#shared/study/resample/placed-volume.ts';
import { movedStack } from '#shared/study/series-shift.ts';
import {
  type Difference,
  darkShare,
  subtractionSteps,
  windowWidth,
} from '../../../../../src/renderer/viewer/space/subtraction.ts';

interface OutsideStack {
  row: Vec3;
  column: Vec3;
  normal: Vec3;
  origin: Vec3;
  gap: number;
  rowSpacing: number;
  columnSpacing: number;
  shape: [number, number, number];
  values: number[];
}
/** Computed by `test/fixtures/subtraction/difference.py`, which knows nothing of haicast. */
const outside: { minuend: OutsideStack; subtrahend: OutsideStack; shift: Vec3; difference: (number | null)[] } =
  JSON.parse(readFileSync('test/fixtures/subtraction/difference.json', 'utf8'));

const placed = (s: OutsideStack, shift: Vec3 = [0, 0, 0]): PlacedVolume => {
  const geometry: StackGeometry = {
    rowDirection: s.row,
    columnDirection: s.column,
    rowSpacing: s.rowSpacing,
    columnSpacing: s.columnSpacing,
    positions: Array.from({ length: s.shape[0] }, (_, k) => add(s.origin, scale(s.normal, k * s.gap))),
    uniform: true,
  };
  return { shape: s.shape, data: Float32Array.from(s.values), geometry: movedStack(geometry, shift) };
};

const run = (minuend: PlacedVolume, subtrahend: PlacedVolume): { difference: Difference; steps: number[] } => {
  const steps = subtractionSteps(minuend, subtrahend);
  const done: number[] = [];
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return { difference: step.value, steps: done };
    done.push(step.value);
  }
};

describe('a subtraction', () => {
  it('equals the difference that was computed outside, of oblique stacks of which one was moved by hand', () => {
    const { difference } = run(placed(outside.minuend), placed(outside.subtrahend, outside.shift));
    const compared = outside.difference.map((wanted, i) => {
      expect(difference.inside[i]).toBe(wanted === null ? 0 : 1);
      if (wanted !== null) expect(Math.abs((difference.values[i] ?? Number.NaN) - wanted)).toBeLessThan(1e-3);
      return wanted;
    });
    expect(compared.filter((wanted) => wanted !== null).length).toBeGreaterThan(150);
    expect(compared.filter((wanted) => wanted === null).length).toBeGreaterThan(5);
  });

  it('is another one without the shift', () => {
    const { difference } = run(placed(outside.minuend), placed(outside.subtrahend));
    const apart = outside.difference.filter(
      (wanted, i) =>
        wanted !== null && difference.inside[i] === 1 && Math.abs((difference.values[i] ?? 0) - wanted) > 1,
    );
    expect(apart.length).toBeGreaterThan(50);
  });

  it('is computed in small steps that tell how far it is', () => {
    const { steps } = run(placed(outside.minuend), placed(outside.subtrahend));
    expect(steps.length).toBeGreaterThanOrEqual(4);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
    expect(steps.at(-1)).toBe(1);
  });

  it('has a window around zero', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i % 2 ? 40 : -10));
    expect(windowWidth({ values, inside: new Uint8Array(1000).fill(1) })).toBe(80);
    expect(windowWidth({ values: new Float32Array(4), inside: new Uint8Array(4) })).toBe(1);
  });
});

describe('two series that moved', () => {
  const size = 96;
  const disc = (cx: number, enhancement: number) =>
    Float32Array.from({ length: size * size }, (_, i) => {
      const [y, x] = [Math.floor(i / size), i % size];
      const noise = ((i * 7919) % 13) - 6;
      const inLiver = Math.hypot(x - cx, y - 48) < 34;
      const inTumour = Math.hypot(x - cx - 10, y - 48) < 8;
      return noise + (inLiver ? 300 : 20) + (inTumour ? enhancement : 0);
    });
  const flat = (data: Float32Array<ArrayBuffer>): PlacedVolume => ({
    shape: [1, size, size],
    data,
    geometry: {
      rowDirection: [1, 0, 0],
      columnDirection: [0, 1, 0],
      rowSpacing: 1,
      columnSpacing: 1,
      positions: [[0, 0, 0]],
      uniform: true,
    },
  });

  it('are told from contrast, which only adds', () => {
    const still = darkShare(run(flat(disc(48, 120)), flat(disc(48, 0))).difference) ?? 1;
    const moved = darkShare(run(flat(disc(52, 120)), flat(disc(48, 0))).difference) ?? 0;
    expect(still).toBeLessThan(0.05);
    expect(moved).toBeGreaterThan(0.25);
  });

  it('and nothing is told of series without a notable difference', () => {
    expect(darkShare({ values: new Float32Array(100), inside: new Uint8Array(100).fill(1) })).toBeUndefined();
  });
});
