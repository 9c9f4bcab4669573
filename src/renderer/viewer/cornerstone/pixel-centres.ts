/** Where a pixel lies on the screen when the processor draws it: without WebGL, as on many a remote desktop. */
import { getShouldUseCPURendering, type StackViewport, type Types } from '@cornerstonejs/core';
import { add, scale, subtract, type Vec3 } from '#shared/study/geometry.ts';

/** From the centre of a pixel to the corner where its row and its column end, in the patient, mm LPS. */
const halfPixel = (viewport: StackViewport): Vec3 => {
  const { direction, spacing } = viewport.getImageData();
  const [ix = 0, iy = 0, iz = 0, jx = 0, jy = 0, jz = 0] = direction;
  return add(scale([ix, iy, iz], spacing[0] / 2), scale([jx, jy, jz], spacing[1] / 2));
};

/**
 * DICOM gives the position of a pixel's centre (PS3.3 C.7.6.2.1.1). Drawing with the processor, the library takes it for the
 * corner where the pixel begins: what is marked on the image, and the map, would stand half a pixel beside what it is about.
 */
export const placeByPixelCentres = (viewport: StackViewport): void => {
  if (!getShouldUseCPURendering()) return;
  const { worldToCanvas: ofCorner, canvasToWorld: cornerAt } = viewport;
  const worldToCanvas = ([x, y, z]: Types.Point3): Types.Point2 => ofCorner([...add([x, y, z], halfPixel(viewport))]);
  const canvasToWorld = (point: Types.Point2, into: Types.Point3 = [0, 0, 0]): Types.Point3 => {
    const [x, y, z] = cornerAt(point);
    return Object.assign(into, subtract([x, y, z], halfPixel(viewport)));
  };
  // The library's own view is moved by the second pair, tools ask the first.
  Object.assign(viewport, {
    worldToCanvas,
    canvasToWorld,
    worldToCanvasCPU: worldToCanvas,
    canvasToWorldCPU: canvasToWorld,
  });
};
