/** How large a centimetre is on an image: a bar at its right edge. */
import { distance, pixelToPatient } from '#shared/study/geometry.ts';
import type { Box } from './label-layout.ts';
import type { SliceView } from './map-canvas.ts';
import { PANE_COLOURS, paneFont } from './pane-colours.ts';

/** mm */
const LENGTHS = [200, 100, 50, 20, 10, 5, 2, 1] as const;
/** Of the height of the pane, at most. */
const LARGEST_SHARE = 0.3;
/** Its lower end: over the words in the corner. */
const FOOT_SHARE = 0.86;
const RIGHT_REM = 1.375;
const TICK = 5;

export interface ScaleBar {
  mm: number;
  /** Of the pane, CSS pixels: the bar from top to foot. */
  x: number;
  top: number;
  foot: number;
  label: string;
}

/** Millimetres of one CSS pixel on a slice, across its rows and columns alike (parallel projection, square pixels of the screen). */
export const mmPerPixel = ({ g, slice, toCanvas }: SliceView): number => {
  const [from, to] = [pixelToPatient(g, slice, 0, 0), pixelToPatient(g, slice, 0, 100)];
  const [a, b] = [toCanvas(from), toCanvas(to)];
  return distance(from, to) / Math.hypot(b[0] - a[0], b[1] - a[1]);
};

/** Pure; undefined where not even a millimetre has room. */
export const scaleBar = (
  millimetresPerPixel: number,
  size: { width: number; height: number },
  rem: number,
): ScaleBar | undefined => {
  const mm = LENGTHS.find((length) => length / millimetresPerPixel <= size.height * LARGEST_SHARE);
  if (mm === undefined) return undefined;
  const foot = Math.round(size.height * FOOT_SHARE);
  return {
    mm,
    x: size.width - RIGHT_REM * rem,
    top: foot - mm / millimetresPerPixel,
    foot,
    label: mm >= 10 ? `${mm / 10} cm` : `${mm} mm`,
  };
};

/** Draws it and says what room it takes, which no label may cover. */
export const drawScaleBar = (context: CanvasRenderingContext2D, bar: ScaleBar, rem: number): Box => {
  const { x, top, foot, label } = bar;
  context.save();
  context.font = paneFont(rem);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  context.shadowColor = '#000';
  context.shadowBlur = 3;
  context.strokeStyle = PANE_COLOURS.text;
  context.fillStyle = PANE_COLOURS.text;
  context.lineWidth = 1.5;
  context.beginPath();
  context.moveTo(x - TICK, top);
  context.lineTo(x, top);
  context.lineTo(x, foot);
  context.lineTo(x - TICK, foot);
  context.stroke();
  context.fillText(label, x - TICK - 2, (top + foot) / 2);
  const width = context.measureText(label).width + TICK + 4;
  context.restore();
  return { left: x - width, top, width, height: foot - top };
};
