/** How large the processor draws: in as many pixels as the screen has, and pixels of an image that are not square in their shape. */
import { getShouldUseCPURendering, type StackViewport, type Types } from '@cornerstonejs/core';

/** Of the window that the library asks, whichever window the pane is in. */
const ratio = (): number => globalThis.devicePixelRatio || 1;

/**
 * Drawing with the processor, the library reckons from the page to the canvas by the screen's pixels, but makes the canvas as large
 * as the page says, and enlarges by the page's pixels: an image would stand beside its marks, and a length be wrong by that ratio.
 * It draws by the shorter side of an image's pixels, but enlarges by their height: sections would grow with each slice turned to.
 */
export const scaleOnProcessor = (viewport: StackViewport): void => {
  if (!getShouldUseCPURendering()) return;
  const { canvas, element } = viewport;
  // What the canvas is made as large as, whenever the pane has another size.
  Object.defineProperties(canvas, {
    clientWidth: { get: () => Math.round(element.clientWidth * ratio()) },
    clientHeight: { get: () => Math.round(element.clientHeight * ratio()) },
  });
  const ofLibrary = viewport.setCamera.bind(viewport);
  const taken = (parallelScale: number): number => {
    const [width, height] = viewport.getImageData().spacing;
    return (parallelScale * height) / Math.min(width, height) / ratio();
  };
  const setCamera = (camera: Types.ICamera, ...options: [boolean?]): void => {
    const { parallelScale } = camera;
    ofLibrary(parallelScale ? { ...camera, parallelScale: taken(parallelScale) } : camera, ...options);
  };
  Object.assign(viewport, { setCamera, setCameraCPU: setCamera });
};
