/** Everything drawn over one image: evidence map, crop, lesions of other series, crosshair; back to front. */
import type { StackGeometry, Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { ViewerProps } from '../contract.ts';
import { distanceToSegment, lesionsOnSlice } from '../space/lesion-projection.ts';
import { mapVisibility } from '../space/map-placement.ts';
import { drawCrosshair, drawLesion, drawLesionLabel } from './lesion-canvas.ts';
import { drawCrop, drawMap, type SliceView } from './map-canvas.ts';

export interface OverlayScene {
  view: SliceView;
  thicknessMm: number | undefined;
  size: { width: number; height: number };
  map: { picture: HTMLCanvasElement; grid: NonNullable<ViewerProps['map']>['grid']; opacity: number } | undefined;
  sample: ViewerProps['sample'];
  lesions: readonly Lesion[];
  selectedId: string | undefined;
  /** Series on whose lesions the drawing tool puts the lines; undefined draws those, too (for a picture). */
  drawnByTool: string | undefined;
  crosshair: Vec3 | undefined;
}

export const paintOverlay = (context: CanvasRenderingContext2D, scene: OverlayScene): void => {
  const { view, thicknessMm, size } = scene;
  const shows = (grid: { center: Vec3 } & NonNullable<OverlayScene['map']>['grid']): boolean =>
    mapVisibility(grid, view.g, view.slice, thicknessMm).shown;
  if (scene.map && shows(scene.map.grid)) drawMap(context, scene.map.picture, scene.map.grid, view, scene.map.opacity);
  if (scene.sample && shows(scene.sample.grid)) drawCrop(context, scene.sample.grid, view);
  for (const projected of lesionsOnSlice(scene.lesions, view.g, view.slice, { thicknessMm })) {
    const { lesion } = projected;
    const options = { selected: lesion.id === scene.selectedId, paneWidth: size.width };
    if (lesion.seriesId === scene.drawnByTool) drawLesionLabel(context, projected, view, options);
    else drawLesion(context, projected, view, { ...options, dashed: scene.drawnByTool !== undefined });
  }
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
