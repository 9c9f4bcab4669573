import type { RenderingEngine } from '@cornerstonejs/core';
import { describe, expect, it, vi } from 'vitest';
import type { VolumeInfo } from '#shared/study/volume.ts';
import type { DrawingTurns } from '../../../../../src/renderer/viewer/cornerstone/drawing-turns.ts';
import { createPaneViewport } from '../../../../../src/renderer/viewer/cornerstone/pane-viewport.ts';

/** As much of the library's viewport as a pane turns: it is at a slice as soon as that is asked for, there or not. */
const { Stack } = vi.hoisted(() => ({
  Stack: class {
    isDisabled = false;
    canvas = {};
    getImageData = () => ({ spacing: [1, 1, 1] });
    sWidth = 100;
    sHeight = 100;
    at = 0;
    turned: number[] = [];
    /** A pane of 100 × 100 fits 50 mm. */
    parallelScale = 50;
    fits = 50;
    focalPoint: readonly [number, number, number] = [0, 0, 0];
    setStack = async (_ids: string[], index: number): Promise<void> => {
      this.at = index;
    };
    setImageIdIndex = async (index: number): Promise<void> => {
      this.at = index;
      this.turned.push(index);
      const zoom = this.fits / this.parallelScale;
      const place = this.focalPoint;
      this.resetCamera();
      this.parallelScale = this.fits / zoom;
      const pixel = (2 * this.parallelScale) / this.sHeight;
      if (Math.hypot(...place) >= pixel) this.focalPoint = place;
    };
    getCurrentImageIdIndex = (): number => this.at;
    setProperties = (): void => undefined;
    resetCamera = (): void => {
      this.fits = (50 * this.sHeight) / this.sWidth;
      this.parallelScale = this.fits;
      this.focalPoint = [0, 0, this.at];
    };
    getCamera = () => {
      const { parallelScale, focalPoint } = this;
      return { parallelScale, focalPoint, position: focalPoint, viewPlaneNormal: [0, 0, 1] };
    };
    setCamera = (camera: { parallelScale?: number; focalPoint?: readonly [number, number, number] }): void => {
      this.parallelScale = camera.parallelScale ?? this.parallelScale;
      this.focalPoint = camera.focalPoint ?? this.focalPoint;
    };
    render = vi.fn();
  },
}));

vi.mock('@cornerstonejs/core', () => ({
  Enums: { ViewportType: { STACK: 'stack' }, Events: { IMAGE_RENDERED: 'rendered' } },
  StackViewport: Stack,
  getShouldUseCPURendering: () => true,
}));

const info: VolumeInfo = {
  openId: 'o1',
  seriesId: '1.2.3',
  shape: [9, 2, 2],
  dtype: 'int16',
  unplaced: 'test',
  sopInstanceUIDs: [],
  window: { center: 0, width: 1 },
  range: { min: 0, max: 1 },
  invert: false,
  url: '/volumes/o1/x',
  bytes: 72,
};

const shown = async () => {
  const stack = new Stack();
  const there = new Set([0, 4, 5]);
  const waiting: (() => void)[] = [];
  const turns: DrawingTurns = {
    lead: () => undefined,
    follow: () => new Promise((resolve) => waiting.push(resolve)),
    drawn: () => undefined,
  };
  const element = Object.assign(new EventTarget(), { clientHeight: 100 });
  const painted = vi.fn();
  const pane = createPaneViewport({
    engine: { enableElement: () => undefined, getViewport: () => stack } as unknown as RenderingEngine,
    turns,
    id: 'pane',
    element: element as unknown as HTMLDivElement,
    shift: [0, 0, 0],
    onRendered: painted,
  });
  const slice = (k: number) => (there.has(k) ? Int16Array.of(k, k, k, k) : undefined);
  await pane.setVolume(info, { info, slice }, 0);
  const settle = async (): Promise<void> => {
    for (const turn of waiting.splice(0)) turn();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { stack, pane, there, settle, element, painted };
};

describe('a pane that is turned', () => {
  it('never counts as shown a slice that was let go while it waited for its turn', async () => {
    const { stack, pane, there, settle } = await shown();
    pane.show(4, true);
    there.delete(4);
    await settle();
    expect(pane.slice()).toBe(0);
    there.add(4);
    pane.show(4, true);
    await settle();
    expect(stack.turned).toEqual([4]);
  });

  it('turns to the last of several slices that it was asked for meanwhile', async () => {
    const { stack, pane, settle } = await shown();
    pane.show(4, true);
    pane.show(5, true);
    await settle();
    expect(stack.turned).toEqual([5]);
  });

  it('shows the next slice as large as this one, whatever size it has got', async () => {
    const { stack, pane, settle } = await shown();
    stack.parallelScale = 20;
    stack.sHeight = 200;
    pane.show(4, false);
    await settle();
    expect(stack.parallelScale).toBeCloseTo(20);
  });

  it('shows the next slice at the place of this one, also where that is part of a pixel from where it fits', async () => {
    const { stack, pane, settle } = await shown();
    stack.focalPoint = [0.3, -0.2, 0];
    pane.show(4, false);
    await settle();
    // Which slice is shown is the library's to say.
    expect(stack.focalPoint).toEqual([0.3, -0.2, 4]);
  });
});

describe('a pane that goes out of sight before it is drawn', () => {
  it('is drawn once it is seen again, and not before', async () => {
    const { stack, pane, element, painted } = await shown();
    element.clientHeight = 0;
    element.dispatchEvent(new Event('rendered'));
    expect(painted).not.toHaveBeenCalled();
    stack.render.mockClear();
    pane.catchUp();
    expect(stack.render).not.toHaveBeenCalled();
    element.clientHeight = 100;
    pane.catchUp();
    expect(stack.render).toHaveBeenCalledOnce();
    element.dispatchEvent(new Event('rendered'));
    expect(painted).toHaveBeenCalledOnce();
    pane.catchUp();
    expect(stack.render).toHaveBeenCalledOnce();
  });
});
