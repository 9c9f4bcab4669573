/** Draws lesions at their patient position on slices where the drawing tool does not: dashed, with label and size. */
import type { Vec3 } from '#shared/study/geometry.ts';
import { diametersMm } from '../space/annotations.ts';
import type { ProjectedLesion } from '../space/lesion-projection.ts';
import { type Box, placeLabels } from './label-layout.ts';
import type { SliceView } from './map-canvas.ts';
import { PANE_COLOURS, paneFont } from './pane-colours.ts';

/** `84 × 61 mm`; a decimal below 10 mm, where it decides whether a lesion is measurable. */
export const diameterText = (lesion: Parameters<typeof diametersMm>[0]): string => {
  const { long, short } = diametersMm(lesion);
  const text = (mm: number): string => (mm < 10 ? mm.toFixed(1) : mm.toFixed(0));
  return short === undefined ? `${text(long)} mm` : `${text(long)} × ${text(short)} mm`;
};

const line = (context: CanvasRenderingContext2D, view: SliceView, axis: [Vec3, Vec3]): void => {
  context.beginPath();
  context.moveTo(...view.toCanvas(axis[0]));
  context.lineTo(...view.toCanvas(axis[1]));
  context.stroke();
};

/** The lines of a lesion. */
export const drawLesion = (
  context: CanvasRenderingContext2D,
  { longAxis, shortAxis }: ProjectedLesion,
  view: SliceView,
  options: { selected: boolean; dashed: boolean },
): void => {
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
};

/**
 * A lesion of another date, as the ellipse through the ends of its axes; with one axis alone nobody knows its outline, so
 * that is the line.
 */
export const drawOutline = (context: CanvasRenderingContext2D, projected: ProjectedLesion, view: SliceView): void => {
  const { longAxis, shortAxis } = projected;
  context.save();
  context.lineWidth = 1.25;
  context.strokeStyle = PANE_COLOURS.warning;
  context.setLineDash([2, 3]);
  context.shadowColor = PANE_COLOURS.shade;
  context.shadowBlur = 2;
  if (shortAxis) {
    const [[ax, ay], [bx, by], [cx, cy], [dx, dy]] = [
      view.toCanvas(longAxis[0]),
      view.toCanvas(longAxis[1]),
      view.toCanvas(shortAxis[0]),
      view.toCanvas(shortAxis[1]),
    ];
    context.beginPath();
    context.ellipse(
      (ax + bx) / 2,
      (ay + by) / 2,
      Math.hypot(bx - ax, by - ay) / 2,
      Math.hypot(dx - cx, dy - cy) / 2,
      Math.atan2(by - ay, bx - ax),
      0,
      2 * Math.PI,
    );
    context.stroke();
  } else line(context, view, longAxis);
  context.restore();
};

/** Pixels beside the letters of a label. */
const PADDING = 3;
/** Height of a label, rem. */
const LABEL_REM = 1;

/** The smallest box around points as they are drawn. */
export const boundsOf = (points: readonly Vec3[], view: SliceView): Box => {
  const ends = points.map((point) => view.toCanvas(point));
  const [xs, ys] = [ends.map(([x]) => x), ends.map(([, y]) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
};

/** On a dark ground: liver is as bright as the letters. */
const writeLabel = (
  context: CanvasRenderingContext2D,
  text: string,
  { left, top, width, height }: Box,
  isSelected: boolean,
): void => {
  context.fillStyle = PANE_COLOURS.shade;
  context.fillRect(left, top, width, height);
  context.fillStyle = isSelected ? PANE_COLOURS.accent : PANE_COLOURS.text;
  context.fillText(text, left + PADDING, top + height / 2);
};

/** From a label that found no place beside its lesion, to the lesion. */
const drawLeader = (context: CanvasRenderingContext2D, label: Box, of: Box): void => {
  const towards = (from: number, extent: number, to: number): number => Math.min(Math.max(to, from), from + extent);
  const [x, y] = [of.left + of.width / 2, of.top + of.height / 2];
  context.strokeStyle = PANE_COLOURS.muted;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(towards(label.left, label.width, x), towards(label.top, label.height, y));
  context.lineTo(x, y);
  context.stroke();
};

/** Words beside something drawn. */
export interface Named {
  id: string;
  text: string;
  /** What the label stands clear of: the thing as it is drawn. */
  of: Box;
}

export const lesionLabel = (projected: ProjectedLesion, view: SliceView): Named => {
  const { lesion, longAxis, shortAxis } = projected;
  const text = [lesion.label, diameterText(lesion)].filter(Boolean).join(' · ');
  return { id: lesion.id, text, of: boundsOf([...longAxis, ...(shortAxis ?? [])], view) };
};

/** The label of each, none over another and none over the words of the pane. */
export const drawLabels = (
  context: CanvasRenderingContext2D,
  named: readonly Named[],
  options: {
    selectedId: string | undefined;
    size: { width: number; height: number };
    words: readonly Box[];
    rem: number;
  },
): void => {
  const { rem } = options;
  context.save();
  context.font = paneFont(rem);
  context.textBaseline = 'middle';
  const labels = named.map((one) => {
    const width = context.measureText(one.text).width + 2 * PADDING;
    return { ...one, width, height: LABEL_REM * rem };
  });
  placeLabels(labels, options.size, options.words).forEach((place, index) => {
    const label = labels[index];
    if (!place || !label) return;
    if (place.isFar) drawLeader(context, place, label.of);
    writeLabel(context, label.text, place, label.id === options.selectedId);
  });
  context.restore();
};

/** Where the slice of another image crosses this one. */
export const drawReferenceLine = (
  context: CanvasRenderingContext2D,
  [a, b]: readonly [Vec3, Vec3],
  view: SliceView,
): void => {
  context.save();
  context.strokeStyle = PANE_COLOURS.accent;
  context.globalAlpha = 0.65;
  context.lineWidth = 1;
  context.setLineDash([6, 4]);
  line(context, view, [a, b]);
  context.restore();
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
