/** The rendering engine of every viewer of this page: its drawing context and programs are made once, and not with each case. */
import { RenderingEngine } from '@cornerstonejs/core';
import { startCornerstone } from './cornerstone-setup.ts';
import { createDrawingTurns } from './drawing-turns.ts';

let engine: RenderingEngine | undefined;

/** Panes come and go by their own ids; nobody ends the engine but the page. */
export const viewerEngine = (): RenderingEngine => {
  startCornerstone();
  engine ??= new RenderingEngine('viewer');
  return engine;
};

/** The frames belong to the page, and all its panes share them. */
export const drawingTurns = createDrawingTurns({
  requestFrame: (callback) => requestAnimationFrame(callback),
  now: () => performance.now(),
});
