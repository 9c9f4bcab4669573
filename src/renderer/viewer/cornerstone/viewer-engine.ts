/** The rendering engine of every viewer of this page: its drawing context and programs are made once, and not with each case. */
import { RenderingEngine } from '@cornerstonejs/core';
import { startCornerstone } from './cornerstone-setup.ts';

let engine: RenderingEngine | undefined;

/** Panes come and go by their own ids; nobody ends the engine but the page. */
export const viewerEngine = (): RenderingEngine => {
  startCornerstone();
  engine ??= new RenderingEngine('viewer');
  return engine;
};
