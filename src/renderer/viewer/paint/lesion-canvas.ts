/** Draws lesions at their patient position on slices where the drawing tool does not: dashed, with label and size. */
import type { Vec3 } from '#shared/study/geometry.ts';
import { diametersMm } from '../space/annotations.ts';
import type { ProjectedLesion } from '../space/lesion-projection.ts';
import type { SliceView } from './map-canvas.ts';
import { PANE_COLOURS, PANE_FONT } from './pane-colours.ts';

/** `84 × 61 mm`; a decimal below 10 mm, where it decides whether a lesion is measurable. */
export const diameterText = (lesion: Parameters<typeof diametersMm>[0]): string => {
  const { long, short } = diametersMm(lesion);
  const text = (mm: number): string => (mm < 10 ? mm.toFixed(1) : mm.toFixed(0));
  return short === undefined || short < 0.05 ? `${text(long)} mm` : `${text(long)} × ${text(short)} mm`;
};

const line = (context: CanvasRenderingContext2D, view: SliceView, axis: [Vec3, Vec3]): void => {
  context.beginPath();
  context.moveTo(...view.toCanvas(axis[0]));
  context.lineTo(...view.toCanvas(axis[1]));
  context.stroke();
};

/** Pixels kept for the slice bar and the orientation letter. */
const RIGHT_MARGIN = 30;

/** Beside the rightmost end, but inside the pane, on a dark ground: liver is as bright as the letters. */
const writeLabel = (
  context: CanvasRenderingContext2D,
  text: string,
  beside: readonly [number, number],
  options: { selected: boolean; paneWidth: number },
): void => {
  context.font = PANE_FONT;
  context.textBaseline = 'middle';
  context.shadowBlur = 0;
  const { width } = context.measureText(text);
  const fits = beside[0] + 10 + width + RIGHT_MARGIN < options.paneWidth;
  // Where there is no room to the right, under the end and flush with the margin.
  const x = fits ? beside[0] + 10 : options.paneWidth - RIGHT_MARGIN - width;
  const y = fits ? beside[1] : beside[1] + 16;
  context.fillStyle = PANE_COLOURS.shade;
  context.fillRect(x - 3, y - 8, width + 6, 16);
  context.fillStyle = options.selected ? PANE_COLOURS.accent : PANE_COLOURS.text;
  context.fillText(text, x, y);
};

export const drawLesionLabel = (
  context: CanvasRenderingContext2D,
  { lesion, longAxis, shortAxis }: ProjectedLesion,
  view: SliceView,
  options: { selected: boolean; paneWidth: number },
): void => {
  context.save();
  const ends = [...longAxis, ...(shortAxis ?? [])].map((point) => view.toCanvas(point));
  const right = ends.reduce((best, end) => (end[0] > best[0] ? end : best), ends[0] ?? [0, 0]);
  writeLabel(context, [lesion.label, diameterText(lesion)].filter(Boolean).join(' · '), right, options);
  context.restore();
};

export const drawLesion = (
  context: CanvasRenderingContext2D,
  projected: ProjectedLesion,
  view: SliceView,
  options: { selected: boolean; dashed: boolean; paneWidth: number },
): void => {
  const { longAxis, shortAxis } = projected;
  context.save();
  context.lineWidth = 1.25;
  context.strokeStyle = options.selected ? PANE_COLOURS.accent : PANE_COLOURS.line;
  if (options.dashed) context.setLineDash([5, 4]);
  // A dark shadow keeps a thin line readable on bright liver without being brighter than the image.
  context.shadowColor = PANE_COLOURS.shade;
  context.shadowBlur = 2;
  line(context, view, longAxis);
  if (shortAxis) line(context, view, shortAxis);
  context.restore();
  drawLesionLabel(context, projected, view, options);
};
/** A cross with an open middle, so that the point itself stays visible. */
export const drawCrosshair = (
  context: CanvasRenderingContext2D,
  at: readonly [number, number],
  size: { width: number; height: number },
): void => {
  const [x, y] = [Math.round(at[0]) + 0.5, Math.round(at[1]) + 0.5];
  const gap = 12;
  context.save();
  context.strokeStyle = PANE_COLOURS.accent;
  context.globalAlpha = 0.75;
  context.beginPath();
  for (const [x0, y0, x1, y1] of [
    [0, y, x - gap, y],
    [x + gap, y, size.width, y],
    [x, 0, x, y - gap],
    [x, y + gap, x, size.height],
  ] as const) {
    context.moveTo(x0, y0);
    context.lineTo(x1, y1);
  }
  context.stroke();
  context.restore();
};
