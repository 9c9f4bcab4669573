/** Draws nothing that is seen, so that the first image that is has its context, programs and probes of the driver there. */

import { NO_SHIFT } from '#shared/study/series-shift.ts';
import { createPaneViewport } from './cornerstone/pane-viewport.ts';
import { drawingTurns, viewerEngine } from './cornerstone/viewer-engine.ts';
import { holdVolume, type LoadedVolume, releaseVolume } from './cornerstone/volume-store.ts';

const KEY = { openId: 'warm-viewer', seriesId: 'warm-viewer' };
const SIDE = 8;

const blank: LoadedVolume = {
  info: {
    ...KEY,
    shape: [1, SIDE, SIDE],
    dtype: 'int16',
    sopInstanceUIDs: [''],
    window: { center: 0, width: 1 },
    range: { min: 0, max: 0 },
    invert: false,
    url: '',
    bytes: 2 * SIDE * SIDE,
  },
  pixels: new Int16Array(SIDE * SIDE),
};

/** A pane's element that nobody sees; of a size, since nothing is drawn without one. */
const unseenElement = (): HTMLDivElement => {
  const element = document.createElement('div');
  element.setAttribute('aria-hidden', 'true');
  const { style } = element;
  style.position = 'fixed';
  style.left = `-${2 * SIDE}px`;
  style.width = `${SIDE}px`;
  style.height = `${SIDE}px`;
  document.body.append(element);
  return element;
};

export const warmViewer = async (): Promise<void> => {
  const engine = viewerEngine();
  const element = unseenElement();
  holdVolume(KEY, blank);
  const drawn = Promise.withResolvers<void>();
  const pane = createPaneViewport({
    engine,
    turns: drawingTurns,
    id: KEY.seriesId,
    element,
    shift: NO_SHIFT,
    onRendered: () => drawn.resolve(),
  });
  try {
    await pane.setVolume(KEY, { info: blank.info, slice: () => blank.pixels }, 0);
    await drawn.promise;
  } finally {
    pane.destroy();
    element.remove();
    releaseVolume(KEY);
  }
};
