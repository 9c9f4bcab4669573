/** Keeps the drawing buffers as large as the panes. */
import type { RenderingEngine } from '@cornerstonejs/core';
import { onScopeDispose } from 'vue';
import type { PaneHandle } from '../viewer-context.ts';

export interface PaneSizes {
  observe(element: unknown): void;
  refresh(): void;
}

/** Cornerstone skips a resize that falls between a drawing request and its frame, so it is asked again until it did it. */
const ATTEMPTS = 10;

const fits = ({ element }: PaneHandle): boolean => {
  const canvas = element.querySelector('canvas');
  if (!canvas || element.clientWidth === 0) return true;
  const ratio = globalThis.devicePixelRatio || 1;
  return (
    Math.abs(canvas.width - element.clientWidth * ratio) <= 1 &&
    Math.abs(canvas.height - element.clientHeight * ratio) <= 1
  );
};

export const usePaneSizes = (
  engine: RenderingEngine,
  handles: () => Iterable<PaneHandle>,
  onResized: () => void,
): PaneSizes => {
  let frame = 0;

  const resize = (attempts: number): void => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(() => {
      const stale = [...handles()].filter((handle) => !fits(handle));
      if (stale.length === 0) return;
      engine.resize(true, true);
      onResized();
      if (attempts > 1) resize(attempts - 1);
    });
  };
  const refresh = (): void => resize(ATTEMPTS);
  const observer = new ResizeObserver(refresh);

  onScopeDispose(() => {
    observer.disconnect();
    cancelAnimationFrame(frame);
  });

  return {
    observe(element) {
      observer.disconnect();
      if (element instanceof Element) observer.observe(element);
    },
    refresh,
  };
};
