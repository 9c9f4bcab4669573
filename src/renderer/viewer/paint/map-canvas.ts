/** Draws the evidence map and the outline of the crop it came from on a canvas over a pane. */
import type { PlaneGrid, StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import { gridCorners, pictureToCanvas } from '../space/map-placement.ts';
import type { Picture } from './map-picture.ts';
import { PANE_COLOURS } from './pane-colours.ts';

export interface SliceView {
  g: StackGeometry;
  slice: number;
  /** mm LPS to CSS pixels of the canvas. */
  toCanvas(position: Vec3): readonly [number, number];
}

/** The picture as something a canvas can draw scaled; made once for each prediction. */
export const pictureCanvas = (picture: Picture): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.putImageData(new ImageData(picture.pixels, picture.width, picture.height), 0, 0);
  return canvas;
};

export const drawMap = (
  context: CanvasRenderingContext2D,
  picture: HTMLCanvasElement,
  grid: PlaneGrid,
  view: SliceView,
  opacity: number,
): void => {
  context.save();
  context.globalAlpha = opacity;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  // `transform`, not `setTransform`: the canvas already carries the device pixel ratio.
  context.transform(...pictureToCanvas(grid, view.g, view.slice, picture, view.toCanvas));
  context.drawImage(picture, 0, 0);
  context.restore();
};

export const drawCrop = (context: CanvasRenderingContext2D, grid: PlaneGrid, view: SliceView): void => {
  context.save();
  context.strokeStyle = PANE_COLOURS.muted;
  context.globalAlpha = 0.7;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  context.beginPath();
  for (const [i, corner] of gridCorners(grid, view.g, view.slice).entries()) {
    const [x, y] = view.toCanvas(corner);
    if (i === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  }
  context.closePath();
  context.stroke();
  context.restore();
};
