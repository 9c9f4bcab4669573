import { describe, expect, it } from 'vitest';
import { type Box, placeLabels, type WantedLabel } from '../../../../../src/renderer/viewer/paint/label-layout.ts';

const pane = { width: 400, height: 300 };
const lesion = (left: number, top: number, size = 20): WantedLabel => ({
  of: { left, top, width: size, height: size },
  width: 90,
  height: 16,
});
const overlap = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width && b.left < a.left + a.width && a.top < b.top + b.height && b.top < a.top + a.height;

describe('labels over an image', () => {
  it('stand to the right of what they name, in the middle of its height, and to the left at the right edge', () => {
    const [free, atEdge] = placeLabels([lesion(100, 100), lesion(360, 200)], pane, []);
    expect(free).toMatchObject({ left: 128, top: 102, isFar: false });
    expect(atEdge).toMatchObject({ left: 262, isFar: false });
  });

  it('never meet each other, however close the lesions lie, and stay inside', () => {
    const crowd = Array.from({ length: 12 }, (_, n) => lesion(190 + (n % 3) * 6, 140 + n * 3));
    const placed = placeLabels(crowd, pane, []).filter((place) => place !== undefined);
    expect(placed).toHaveLength(12);
    for (const [index, one] of placed.entries()) {
      expect(one.left).toBeGreaterThanOrEqual(0);
      expect(one.top).toBeGreaterThanOrEqual(0);
      expect(one.left + one.width).toBeLessThanOrEqual(pane.width);
      expect(one.top + one.height).toBeLessThanOrEqual(pane.height);
      for (const other of placed.slice(index + 1)) expect(overlap(one, other)).toBe(false);
    }
    // What cannot stand beside its lesion is led back to it.
    expect(placed.some(({ isFar }) => isFar)).toBe(true);
  });

  it('never meet the words of the pane', () => {
    const letter: Box = { left: 375, top: 140, width: 12, height: 18 };
    const legend: Box = { left: 8, top: 230, width: 320, height: 40 };
    const placed = placeLabels([lesion(260, 138), lesion(60, 240), lesion(200, 210)], pane, [letter, legend]);
    expect(placed).toHaveLength(3);
    for (const place of placed) for (const word of [letter, legend]) expect(place && overlap(place, word)).toBe(false);
  });

  it('are left out where there is no room at all', () => {
    expect(placeLabels([lesion(100, 100)], pane, [{ left: 0, top: 0, ...pane }])).toEqual([undefined]);
  });
});
