/** Everything drawn over one image: evidence map, crop, lesions of other series, crosshair; back to front. */
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { Mark } from '#shared/study/mark.ts';
import type { ViewerProps } from '../contract.ts';
import { distanceToSegment, lesionsOnSlice } from '../space/lesion-projection.ts';
import { mapVisibility } from '../space/map-placement.ts';
import type { Box } from './label-layout.ts';
import { drawCrosshair, drawLabels, drawLesion, drawOutline, drawReferenceLine, lesionLabel } from './lesion-canvas.ts';
import { drawCrop, drawMap, type SliceView } from './map-canvas.ts';
import { drawMark, markLabel } from './mark-canvas.ts';
import { drawScaleBar, mmPerPixel, scaleBar } from './scale-bar.ts';

export interface OverlayScene {
  view: SliceView;
  thicknessMm: number | undefined;
  size: { width: number; height: number };
  map: { picture: HTMLCanvasElement; grid: NonNullable<ViewerProps['map']>['grid']; opacity: number } | undefined;
  sample: ViewerProps['sample'];
  lesions: readonly Lesion[];
  /** Those of this slice. */
  marks: readonly Mark[];
  /** Of another date. */
  outlines: readonly Lesion[];
  selectedId: string | undefined;
  /** Series on whose lesions the drawing tool puts the lines; undefined draws those, too (for a picture). */
  drawnByTool: string | undefined;
  /** Slices of other stacks where they cross this one, mm LPS. */
  lines: readonly (readonly [Vec3, Vec3])[];
  crosshair: Vec3 | undefined;
  /** Where the words of the pane stand, which no label may cover; asked for where there is a label. */
  words(): readonly Box[];
  /** Size of the letters: CSS pixels of one rem. */
  rem: () => number;
}

export const paintOverlay = (context: CanvasRenderingContext2D, scene: OverlayScene): void => {
  const { view, thicknessMm, size } = scene;
  const shows = (grid: { center: Vec3 } & NonNullable<OverlayScene['map']>['grid']): boolean =>
    mapVisibility(grid, view.g, view.slice, thicknessMm).shown;
  if (scene.map && shows(scene.map.grid)) drawMap(context, scene.map.picture, scene.map.grid, view, scene.map.opacity);
  if (scene.sample && shows(scene.sample.grid)) drawCrop(context, scene.sample.grid, view);
  for (const line of scene.lines) drawReferenceLine(context, line, view);
  const shown = lesionsOnSlice(scene.lesions, view.g, view.slice, { thicknessMm });
  for (const projected of shown) {
    const { seriesId, id } = projected.lesion;
    if (seriesId === scene.drawnByTool) continue;
    drawLesion(context, projected, view, {
      selected: id === scene.selectedId,
      dashed: scene.drawnByTool !== undefined,
    });
  }
  const others = lesionsOnSlice(scene.outlines, view.g, view.slice, { thicknessMm });
  for (const projected of others) drawOutline(context, projected, view);
  if (scene.drawnByTool === undefined) for (const mark of scene.marks) drawMark(context, mark, view);
  const rem = scene.rem();
  const bar = scaleBar(mmPerPixel(view), size, rem);
  const barBox = bar ? [drawScaleBar(context, bar, rem)] : [];
  // After all lines: a label is nowhere crossed by the next lesion.
  const named = [...shown, ...others].map((projected) => lesionLabel(projected, view));
  named.push(...scene.marks.map((mark) => markLabel(mark, view)));
  if (named.length > 0)
    drawLabels(context, named, { selectedId: scene.selectedId, size, words: [...scene.words(), ...barBox], rem });
  if (scene.crosshair) drawCrosshair(context, view.toCanvas(scene.crosshair), size);
};

const REACH_PIXELS = 7;

/** The lesion whose axes pass nearest to a point of the pane, within reach of a pointer. */
export const lesionNear = (
  point: readonly [number, number],
  lesions: readonly Lesion[],
  view: SliceView,
  thicknessMm: number | undefined,
): string | undefined => {
  let best: { id: string; distance: number } | undefined;
  for (const { lesion, longAxis, shortAxis } of lesionsOnSlice(lesions, view.g, view.slice, { thicknessMm }))
    for (const axis of shortAxis ? [longAxis, shortAxis] : [longAxis]) {
      const distance = distanceToSegment(point, view.toCanvas(axis[0]), view.toCanvas(axis[1]));
      if (distance <= REACH_PIXELS && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
        best = { id: lesion.id, distance };
    }
  return best?.id;
};

/** Lesions that may be shown on a stack: those drawn in its frame of reference. */
export const lesionsOfFrame = (
  lesions: readonly Lesion[],
  g: StackGeometry,
  frameOfSeries: (seriesId: string) => string | undefined,
): Lesion[] =>
  lesions.filter(({ seriesId }) => {
    const frame = frameOfSeries(seriesId);
    return !frame || !g.frameOfReferenceUID || frame === g.frameOfReferenceUID;
  });
