import { describe, expect, it } from 'vitest';
import {
  absoluteWindow,
  draggedWindow,
  isAsStored,
  presetWindow,
  relativeWindow,
  windowBounds,
} from '../../../../../src/renderer/viewer/paint/window-level.ts';

const series = { center: 400, width: 800 };
const range = { min: -10, max: 2010 };

describe('presets', () => {
  it('keep the window of the series as the way back', () => {
    expect(presetWindow('default', series, range, [])).toEqual(series);
    expect(presetWindow('full', series, range, [])).toEqual({ center: 1000, width: 2020 });
  });

  it('fit one slice by its percentiles, so that a single hot pixel does not darken it', () => {
    const pixels = Array.from({ length: 1000 }, (_, i) => i);
    pixels[999] = 30_000;
    const { lower, upper } = windowBounds(presetWindow('slice', series, range, pixels));
    expect(lower).toBeCloseTo(99, 0);
    expect(upper).toBeCloseTo(989, 0);
  });

  it('leave an empty slice with the window of the series', () => {
    expect(presetWindow('slice', series, range, new Int16Array(100))).toEqual(series);
    expect(presetWindow('full', series, { min: 5, max: 5 }, [])).toEqual(series);
  });
});

describe('draggedWindow', () => {
  it('widens to the right, darkens downwards, and never reaches zero width', () => {
    expect(draggedWindow(series, 50, 0).width).toBeGreaterThan(800);
    expect(draggedWindow(series, 0, 10).center).toBeGreaterThan(400);
    expect(draggedWindow(series, -1e5, 0).width).toBeGreaterThan(0);
  });
});

describe('a window by another one', () => {
  const stored = { center: 400, width: 800 };
  it('is taken over to images of another scale', () => {
    const half = relativeWindow({ center: 300, width: 400 }, stored);
    expect(absoluteWindow(half, stored)).toEqual({ center: 300, width: 400 });
    expect(absoluteWindow(half, { center: 4000, width: 8000 })).toEqual({ center: 3000, width: 4000 });
    expect(isAsStored(half)).toBe(false);
    expect(isAsStored(relativeWindow({ ...stored }, stored))).toBe(true);
  });
});
