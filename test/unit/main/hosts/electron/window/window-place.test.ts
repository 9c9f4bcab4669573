import { describe, expect, it } from 'vitest';
import { placeWindow } from '../../../../../../src/main/hosts/electron/window/window-place.ts';

const primary = { x: 0, y: 25, width: 1920, height: 1055 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('placeWindow', () => {
  it('starts in the middle of the first screen', () => {
    expect(placeWindow(undefined, [primary, second])).toEqual({
      x: 240,
      y: 103,
      width: 1440,
      height: 900,
      maximized: false,
    });
  });

  it('fits a first window into a small screen', () => {
    expect(placeWindow(undefined, [{ x: 0, y: 0, width: 1280, height: 720 }])).toMatchObject({
      width: 1280,
      height: 720,
    });
  });

  it('comes back to the second screen while it is there', () => {
    const remembered = { x: 2000, y: 40, width: 1100, height: 800, maximized: true };
    expect(placeWindow(remembered, [primary, second])).toEqual(remembered);
  });

  it('comes to the first screen when the second is gone, with its size', () => {
    const remembered = { x: 2000, y: 40, width: 1100, height: 800, maximized: false };
    expect(placeWindow(remembered, [primary])).toEqual({ x: 410, y: 153, width: 1100, height: 800, maximized: false });
  });

  it('does not leave a title bar above the screen', () => {
    const remembered = { x: 100, y: -300, width: 1100, height: 800, maximized: false };
    expect(placeWindow(remembered, [primary]).y).toBeGreaterThanOrEqual(primary.y);
  });
});
