import { expect, it } from 'vitest';
import { mmPerPixel, scaleBar } from '../../../../../src/renderer/viewer/paint/scale-bar.ts';
import { makeStack } from '../stacks.ts';

it('is as long as it says, and the longest that has room', () => {
  const g = makeStack({ columnSpacing: 0.8 });
  // Four pixels of the screen for a millimetre.
  const perPixel = mmPerPixel({ g, slice: 0, toCanvas: ([x, y]) => [4 * x + 7, 4 * y] });
  expect(perPixel).toBeCloseTo(0.25, 9);
  const bar = scaleBar(perPixel, { width: 400, height: 700 }, 16);
  expect(bar).toMatchObject({ mm: 50, label: '5 cm' });
  expect((bar?.foot ?? 0) - (bar?.top ?? 0)).toBeCloseTo(200, 9);
  expect(scaleBar(perPixel, { width: 400, height: 90 }, 16)).toMatchObject({ mm: 5, label: '5 mm' });
  expect(scaleBar(0.001, { width: 400, height: 90 }, 16)).toBeUndefined();
});
