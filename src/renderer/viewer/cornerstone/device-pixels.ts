/** As many pixels as the screen has, where the processor draws: on a screen at 150 % one and a half for each of the page's. */
import { getShouldUseCPURendering, type StackViewport, type Types } from '@cornerstonejs/core';

/** Of the window that the library asks, whichever window the pane is in. */
const ratio = (): number => globalThis.devicePixelRatio || 1;

/**
 * Drawing with the processor, the library reckons from the page to the canvas by the screen's pixels, but makes the canvas as large
 * as the page says, and enlarges by the page's pixels: an image would stand beside its marks, and a length be wrong by that ratio.
 */
export const drawDevicePixels = (viewport: StackViewport): void => {
  if (!getShouldUseCPURendering()) return;
  const { canvas, element } = viewport;
  // What the canvas is made as large as, whenever the pane has another size.
  Object.defineProperties(canvas, {
    clientWidth: { get: () => Math.round(element.clientWidth * ratio()) },
    clientHeight: { get: () => Math.round(element.clientHeight * ratio()) },
  });
  const ofPage = viewport.setCamera.bind(viewport);
  const setCamera = (camera: Types.ICamera, ...options: [boolean?]): void => {
    const { parallelScale } = camera;
    ofPage(parallelScale === undefined ? camera : { ...camera, parallelScale: parallelScale / ratio() }, ...options);
  };
  Object.assign(viewport, { setCamera, setCameraCPU: setCamera });
};
