import { describe, expect, it } from 'vitest';
import { seriesStep } from '../../../../../src/renderer/viewer/space/series-step.ts';
import { makeStack, tilted } from '../stacks.ts';

describe('one key moves a series', () => {
  const g = makeStack({ rowSpacing: 1.5, columnSpacing: 0.8, spacing: 4, slices: 5 });

  it('the way it points, by a pixel of the series or by a millimetre', () => {
    expect(seriesStep(g, 2, 'ArrowRight', 'pixel')).toEqual([0.8, 0, 0]);
    expect(seriesStep(g, 2, 'ArrowUp', 'pixel')?.map((mm) => mm + 0)).toEqual([0, -1.5, 0]);
    expect(seriesStep(g, 2, 'ArrowDown', 'mm')).toEqual([0, 1, 0]);
  });

  it('by a slice, so that the next one comes where it is', () => {
    expect(seriesStep(g, 2, 'PageDown', 'pixel')?.map((mm) => mm + 0)).toEqual([0, 0, -4]);
    expect(seriesStep(g, 4, 'PageUp', 'pixel')).toEqual([0, 0, 4]);
    expect(seriesStep(g, 2, 'PageUp', 'mm')).toEqual([0, 0, 1]);
  });

  it('along its own axes where it is oblique', () => {
    const step = seriesStep(makeStack({ ...tilted(30) }), 0, 'ArrowDown', 'mm');
    expect(step?.[1]).toBeCloseTo(Math.cos(Math.PI / 6), 9);
    expect(step?.[2]).toBeCloseTo(0.5, 9);
  });

  it('and nothing else: another key, or a lone slice by its distance', () => {
    expect(seriesStep(g, 2, 'Home', 'pixel')).toBeUndefined();
    expect(seriesStep(makeStack({ slices: 1 }), 0, 'PageDown', 'pixel')).toBeUndefined();
  });
});
