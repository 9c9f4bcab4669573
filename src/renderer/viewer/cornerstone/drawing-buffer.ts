/** The buffer that the panes of a page are drawn into, one after the other, before each is copied to its place. */
import { Enums, type RenderingEngine } from '@cornerstonejs/core';

const MEASURE = 'measure of the buffer';

/**
 * The buffer is as large as the largest pane. Once that one is gone the library reckons with a smaller buffer and leaves it as
 * large as it was: of every pane that is drawn from then on a part would be seen, enlarged, under lines and lengths of the whole.
 * It measures anew for a pane that comes, so one of a pixel comes, and goes again.
 */
export const fitDrawingBuffer = (engine: RenderingEngine): void => {
  if (engine.getViewports().length === 0) return;
  const element = document.createElement('div');
  Object.assign(element.style, { position: 'fixed', width: '1px', height: '1px', visibility: 'hidden' });
  document.body.append(element);
  engine.enableElement({ viewportId: MEASURE, element, type: Enums.ViewportType.STACK });
  engine.disableElement(MEASURE);
  element.remove();
};
