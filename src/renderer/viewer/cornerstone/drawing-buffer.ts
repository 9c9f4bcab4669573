/** The buffer that the panes of a page are drawn into, one after the other, before each is copied to its place. */
import {
  getShouldUseCPURendering as drawsOnProcessor,
  Enums,
  type RenderingEngine,
  type StackViewport,
} from '@cornerstonejs/core';

const MEASURE = 'measure of the buffer';

/**
 * The buffer is as large as the largest pane. Once that one is gone the library reckons with a smaller buffer and leaves it as
 * large as it was: of every pane that is drawn from then on a part would be seen, enlarged, under lines and lengths of the whole.
 * It measures anew for a pane that comes, so one of a pixel comes, and goes again. A page that draws on the processor has no such
 * buffer.
 */
const fit = (engine: RenderingEngine): void => {
  if (drawsOnProcessor() || engine.getViewports().length === 0) return;
  const element = document.createElement('div');
  Object.assign(element.style, { position: 'fixed', width: '1px', height: '1px', visibility: 'hidden' });
  document.body.append(element);
  engine.enableElement({ viewportId: MEASURE, element, type: Enums.ViewportType.STACK });
  engine.disableElement(MEASURE);
  element.remove();
};

let isDue = false;

/** To be called whenever a pane is gone: the panes of a layout or a case go together, and what is left is measured once. */
export const fitDrawingBuffer = (engine: RenderingEngine): void => {
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    fit(engine);
  });
};

/** What is asked of the library's node of an image. */
interface ImageNode {
  get(...names: string[]): Readonly<Record<string, unknown>>;
  set(values: Readonly<Record<string, unknown>>, noWarning: boolean, noFunction: boolean): boolean;
}

const NO_TEXTURE = { releaseGraphicsResources: () => undefined };

/**
 * To be called before a pane goes. While another pane is drawn the library makes a node for every image that is there, and lets
 * go of the texture of each that is gone, without looking whether it ever had one: it has none in a pane that was never seen,
 * and nothing on the page would be drawn any more.
 */
export const letGoUndrawn = (engine: RenderingEngine, viewport: StackViewport): void => {
  if (drawsOnProcessor()) return;
  const mapper = viewport.getDefaultActor()?.actor.getMapper();
  const node: ImageNode | null | undefined = engine
    .getOffscreenMultiRenderWindow(viewport.id)
    .getOpenGLRenderWindow()
    .getViewNodeFor(mapper);
  if (node && !node.get('openGLTexture').openGLTexture) node.set({ openGLTexture: NO_TEXTURE }, true, true);
};
