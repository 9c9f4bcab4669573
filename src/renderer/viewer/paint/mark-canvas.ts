/** Marks that are no lesions: what stands beside each, and their lines where no drawing tool draws them (in a picture). */
import type { Mark } from '#shared/study/mark.ts';
import { measureText } from '#shared/study/mark-text.ts';
import { boundsOf, type Named } from './lesion-canvas.ts';
import type { SliceView } from './map-canvas.ts';
import { PANE_COLOURS } from './pane-colours.ts';

export const markLabel = (mark: Mark, view: SliceView): Named => {
  // Beside the shaft of an arrow, so that its tip stays free.
  const points = mark.tool === 'arrow' ? [mark.points[1]] : mark.points;
  const text = [mark.label, measureText(mark), mark.comment].filter(Boolean).join(' · ');
  return { id: mark.id, text, of: boundsOf(points, view) };
};

const HEAD_PIXELS = 9;

type Point = readonly [number, number];

const drawArrowHead = (context: CanvasRenderingContext2D, [x, y]: Point, [fromX, fromY]: Point): void => {
  const direction = Math.atan2(fromY - y, fromX - x);
  for (const turn of [-0.45, 0.45]) {
    context.moveTo(x, y);
    context.lineTo(x + HEAD_PIXELS * Math.cos(direction + turn), y + HEAD_PIXELS * Math.sin(direction + turn));
  }
};

export const drawMark = (context: CanvasRenderingContext2D, mark: Mark, view: SliceView): void => {
  const points = mark.points.map((point) => view.toCanvas(point));
  const [a, b, c, d] = points;
  if (!a || !b) return;
  context.save();
  context.lineWidth = 1.25;
  context.strokeStyle = PANE_COLOURS.line;
  context.shadowColor = PANE_COLOURS.shade;
  context.shadowBlur = 2;
  context.beginPath();
  if (mark.tool === 'ellipse' && c && d) {
    const radii = [Math.hypot(b[0] - a[0], b[1] - a[1]) / 2, Math.hypot(d[0] - c[0], d[1] - c[1]) / 2] as const;
    const turn = Math.atan2(b[1] - a[1], b[0] - a[0]);
    context.ellipse((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, ...radii, turn, 0, 2 * Math.PI);
  } else {
    context.moveTo(...a);
    for (const point of points.slice(1)) context.lineTo(...point);
    if (mark.tool === 'arrow') drawArrowHead(context, a, b);
  }
  context.stroke();
  context.restore();
};
