import { describe, expect, it } from 'vitest';
import type { Lesion } from '#shared/study/lesion.ts';
import { lesionNear, lesionsOfFrame } from '../../../../../src/renderer/viewer/paint/pane-painter.ts';
import { distanceToSegment, lesionsOnSlice } from '../../../../../src/renderer/viewer/space/lesion-projection.ts';
import { distanceToSlice } from '../../../../../src/renderer/viewer/space/slices.ts';
import { makeStack, tilted } from '../stacks.ts';

const lesion: Lesion = {
  id: 'one',
  label: 'T1',
  kind: 'target',
  seriesId: 'arterial',
  longAxis: [
    [10, 20, 13],
    [50, 20, 13],
  ],
  shortAxis: [
    [30, 10, 13],
    [30, 30, 13],
  ],
};

describe('lesionsOnSlice', () => {
  const coarse = makeStack({ slices: 8, spacing: 6 });

  it('shows a lesion on the one slice of another series that holds its position', () => {
    const shown = coarse.positions.flatMap((_, k) => (lesionsOnSlice([lesion], coarse, k).length > 0 ? [k] : []));
    expect(shown).toEqual([2]);
  });

  it('projects the ends onto an oblique slice', () => {
    const oblique = makeStack({ ...tilted(15), slices: 30, spacing: 3 });
    const hit = oblique.positions.flatMap((_, k) => lesionsOnSlice([lesion], oblique, k).map((one) => ({ k, one })));
    expect(hit).toHaveLength(1);
    const [first] = hit;
    if (!first) throw new Error('no slice shows it');
    for (const end of first.one.longAxis) expect(distanceToSlice(oblique, first.k, end)).toBeCloseTo(0, 9);
  });
});

describe('lesionsOfFrame', () => {
  it('keeps lesions of another frame of reference off', () => {
    const frames: Record<string, string> = { arterial: '1.2.3' };
    expect(lesionsOfFrame([lesion], makeStack({ frame: '1.2.3' }), (id) => frames[id])).toHaveLength(1);
    expect(lesionsOfFrame([lesion], makeStack({ frame: '9.9' }), (id) => frames[id])).toEqual([]);
  });
});

describe('lesionNear', () => {
  const view = {
    g: makeStack({ slices: 8, spacing: 6 }),
    slice: 2,
    toCanvas: (p: readonly number[]): [number, number] => [p[0] ?? 0, p[1] ?? 0],
  };

  it('picks an axis within reach, and nothing elsewhere', () => {
    expect(lesionNear([45, 24], [lesion], view, undefined)).toBe('one');
    expect(lesionNear([45, 40], [lesion], view, undefined)).toBeUndefined();
    expect(lesionNear([45, 24], [lesion], { ...view, slice: 5 }, undefined)).toBeUndefined();
  });

  it('measures to the ends of a segment, not to its line', () => {
    expect(distanceToSegment([13, 4], [0, 0], [10, 0])).toBe(5);
    expect(distanceToSegment([3, 4], [0, 0], [0, 0])).toBe(5);
  });
});
