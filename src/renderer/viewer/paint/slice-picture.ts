/** One slice as a picture of its own, whatever size its pane has, or whether it is seen at all. */
import type { VolumeInfo } from '#shared/study/volume.ts';
import { sliceOnCanvas } from '../space/slice-canvas.ts';
import { type OverlayScene, paintOverlay } from './pane-painter.ts';
import { type Window, windowBounds } from './window-level.ts';

/** Grey of every pixel, 0–255, by a linear window (DICOM PS3.3 C.11.2.1.2). */
export const greyOf = (pixels: ArrayLike<number>, window: Window, invert: boolean): Uint8ClampedArray<ArrayBuffer> => {
  const { lower, upper } = windowBounds(window);
  const span = Math.max(upper - lower, Number.EPSILON);
  const rgba = new Uint8ClampedArray(pixels.length * 4);
  for (let i = 0; i < pixels.length; i++) {
    const share = ((pixels[i] ?? 0) - lower) / span;
    const grey = 255 * (invert ? 1 - share : share);
    const at = i * 4;
    rgba[at] = grey;
    rgba[at + 1] = grey;
    rgba[at + 2] = grey;
    rgba[at + 3] = 255;
  }
  return rgba;
};

export interface SlicePicture {
  info: Pick<VolumeInfo, 'shape' | 'geometry' | 'invert'>;
  /** Of this slice. */
  pixels: ArrayLike<number>;
  slice: number;
  window: Window;
  /** Pixels of the longer side. */
  longest: number;
  /** What is drawn over it; nothing where the stack is not placed. */
  overlay: Omit<OverlayScene, 'view' | 'size'> | undefined;
}

const sliceCanvas = ({ info, pixels, window }: SlicePicture): HTMLCanvasElement => {
  const [, rows, columns] = info.shape;
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: columns, height: rows });
  const grey = greyOf(pixels, window, info.invert);
  canvas.getContext('2d')?.putImageData(new ImageData(grey, columns, rows), 0, 0);
  return canvas;
};

/** Lines and letters are drawn as on a pane of so many pixels, so that a picture that is shown small can be read. */
const PANE_PIXELS = 400;

export const paintSlice = (picture: SlicePicture): HTMLCanvasElement => {
  const { info, slice, longest, overlay } = picture;
  const [, rows, columns] = info.shape;
  const g = info.geometry;
  const unit = Math.max(1, longest / PANE_PIXELS);
  const { width, height, toCanvas } = sliceOnCanvas({ rows, columns }, longest / unit, g, slice);
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: Math.round(width * unit), height: Math.round(height * unit) });
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.scale(unit, unit);
  context.imageSmoothingQuality = 'high';
  context.drawImage(sliceCanvas(picture), 0, 0, width, height);
  if (g?.positions[slice] && overlay) {
    paintOverlay(context, { ...overlay, view: { g, slice, toCanvas }, size: { width, height } });
  }
  return canvas;
};
