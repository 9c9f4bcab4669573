import { describe, expect, it } from 'vitest';
import {
  commonView,
  cutAlike,
  forPaneOf,
  type ViewedStack,
} from '../../../../../src/renderer/viewer/space/common-view.ts';
import { makeStack, tilted } from '../stacks.ts';

const stack = (over: Partial<ViewedStack> = {}): ViewedStack => ({
  g: makeStack({ origin: [-149.5, -99.5, 0] }),
  rows: 200,
  columns: 300,
  width: 400,
  height: 400,
  ...over,
});

describe('commonView', () => {
  it('fits a single image by its longer side', () => {
    expect(commonView([stack()])).toEqual({ center: [0, 0, 13.5], mmPerPixel: 0.75 });
    expect(commonView([stack({ width: 800, height: 200 })])?.mmPerPixel).toBe(1);
  });

  it('uses one scale for all, the one at which the largest image still fits', () => {
    const small = stack({ g: makeStack({ origin: [-99.5, -99.5, 0] }), columns: 200 });
    expect(commonView([small, stack()])?.mmPerPixel).toBe(0.75);
  });

  it('leaves room for an image that lies beside the common centre', () => {
    const shifted = stack({ g: makeStack({ origin: [-109.5, -99.5, 0] }) });
    const view = commonView([stack(), shifted]);
    expect(view?.center[0]).toBe(20);
    // 150 mm to either side of its own middle, which is 20 mm off.
    expect(view?.mmPerPixel).toBeCloseTo(340 / 400, 9);
  });

  it('ignores panes that are not on screen', () => {
    expect(commonView([stack({ width: 0, height: 0 })])).toBeUndefined();
  });
});

describe('cutAlike', () => {
  it('compares slices of like direction, mirrored ones too, but not across', () => {
    expect(cutAlike(makeStack(), makeStack(tilted(20)))).toBe(true);
    expect(cutAlike(makeStack(), makeStack({ rowDirection: [-1, 0, 0] }))).toBe(true);
    expect(cutAlike(makeStack(), makeStack({ columnDirection: [0, 0, -1] }))).toBe(false);
  });
});

it('a view is taken over to a pane of another size with as much of the patient in it', () => {
  const view = { center: [1, 2, 3] as [number, number, number], mmPerPixel: 1.2 };
  const small = { clientWidth: 300, clientHeight: 200 };
  expect(forPaneOf(view, small, { clientWidth: 600, clientHeight: 400 })).toEqual({ ...view, mmPerPixel: 0.6 });
  expect(forPaneOf(view, small, small)).toEqual(view);
  expect(forPaneOf(view, small, { clientWidth: 0, clientHeight: 0 })).toBe(view);
});
