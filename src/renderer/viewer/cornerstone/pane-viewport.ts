/** One Cornerstone stack viewport behind the few verbs a pane needs. All canvas points are CSS pixels. */
import { Enums, type RenderingEngine, StackViewport, type Types } from '@cornerstonejs/core';
import { add, dot, length, scale, subtract, type Vec3 } from '#shared/study/geometry.ts';
import { type Window, windowBounds } from '../paint/window-level.ts';
import type { View } from '../space/common-view.ts';
import { fitDrawingBuffer, letGoUndrawn } from './drawing-buffer.ts';
import type { DrawingTurns } from './drawing-turns.ts';
import { imageIdsOf, type VolumeKey } from './image-ids.ts';
import { placeByPixelCentres } from './pixel-centres.ts';
import { scaleOnProcessor } from './processor-scale.ts';
import type { SeriesImages } from './volume-store.ts';

export type CanvasPoint = readonly [number, number];

export interface PaneViewport {
  readonly id: string;
  readonly element: HTMLDivElement;
  /** Shows a series from slice `index` on, which is there, fitted to the pane. */
  setVolume(key: VolumeKey, volume: Pick<SeriesImages, 'info' | 'slice'>, index: number): Promise<void>;
  /**
   * Shows a slice that is there; of several calls in one frame only the last is drawn. A pane that follows another one is
   * drawn when the frame has time for it.
   */
  show(index: number, follows: boolean): void;
  slice(): number;
  /** A drawing was asked for and is not there yet: `onRendered` follows, for a pane that is hidden once it is seen again. */
  isDrawing(): boolean;
  /** What was to be drawn while nobody saw the pane is drawn now. */
  catchUp(): void;
  setWindow(window: Window): void;
  toCanvas(position: Vec3): [number, number];
  toPatient(point: CanvasPoint): Vec3;
  /** Enlarges by `factor`; the patient position under `point` stays there. */
  zoomAt(point: CanvasPoint, factor: number): void;
  pan(dx: number, dy: number): void;
  fit(): void;
  view(): View;
  setView(view: View): void;
  /** Lays the series elsewhere in the patient, by so much in all; the pane goes on to show the same place of the patient. */
  setShift(mm: Vec3): void;
  destroy(): void;
}

export interface PaneViewportOptions {
  engine: RenderingEngine;
  turns: DrawingTurns;
  id: string;
  element: HTMLDivElement;
  /** How far the series was moved by hand, mm LPS. */
  shift: Vec3;
  /** After each drawing; `slice` is what is on screen. */
  onRendered(slice: number): void;
}

const ORIGIN: Vec3 = [0, 0, 0];
const SMALLEST_SCALE_MM = 2;
/** A move that nobody sees, in pixels; single precision alone makes some. */
const UNSEEN_PIXELS = 1e-2;

/** Positions are those of the patient where the series was laid; the library knows where its file says that it lies. */
export const createPaneViewport = (options: PaneViewportOptions): PaneViewport => {
  const { engine, turns, id, element, shift, onRendered } = options;
  engine.enableElement({
    viewportId: id,
    element,
    type: Enums.ViewportType.STACK,
    defaultOptions: { background: [0, 0, 0] },
  });
  const viewport = engine.getViewport(id);
  if (!(viewport instanceof StackViewport)) throw new Error(`viewport ${id} is no stack viewport`);
  scaleOnProcessor(viewport);
  placeByPixelCentres(viewport);
  let images: Pick<SeriesImages, 'slice'> | undefined;
  let wanted = 0;
  let follows = false;
  let busy = false;
  let drawing = false;
  let moved = shift;

  const rendered = () => {
    turns.drawn();
    // Drawn into a pane that went out of sight meanwhile, nothing is on it: that is made up for.
    if (element.clientHeight === 0) {
      drawing = true;
      return;
    }
    drawing = false;
    onRendered(viewport.getCurrentImageIdIndex());
  };
  element.addEventListener(Enums.Events.IMAGE_RENDERED, rendered);

  const toPatient = (point: CanvasPoint): Vec3 => {
    const [x, y, z] = viewport.canvasToWorld([point[0], point[1]]);
    return add([x, y, z], moved);
  };

  const moveCamera = (by: Vec3): void => {
    const { focalPoint, position } = viewport.getCamera();
    if (!focalPoint || !position) return;
    viewport.setCamera({ focalPoint: add(focalPoint, by), position: add(position, by) });
  };

  /** Of the view. By the camera: a pane that has just got another size has its canvas, and what that says, still as it was. */
  const center = (): Vec3 => {
    const [x, y, z] = viewport.getCamera().focalPoint ?? ORIGIN;
    return add([x, y, z], moved);
  };

  /** Which slice is shown is decided elsewhere. */
  const withinSlice = (by: Vec3): Vec3 => {
    const [x, y, z] = viewport.getCamera().viewPlaneNormal ?? [0, 0, 0];
    const normal: Vec3 = [x, y, z];
    return subtract(by, scale(normal, dot(by, normal)));
  };

  const draw = (): void => {
    drawing = true;
    turns.lead();
    viewport.render();
  };

  /**
   * From slice to slice the library keeps the zoom as a multiple of what fits the pane. It does not work that out again for a pane
   * that got another size while a drawing was asked for, and the next slice would be shown larger or smaller. Nor does it keep a
   * place that is less than a pixel from where the image fits: the next slice would be shown beside.
   */
  const turnTo = async (index: number): Promise<void> => {
    const place = center();
    const { parallelScale } = viewport.getCamera();
    await viewport.setImageIdIndex(index);
    if (viewport.isDisabled) return;
    if (parallelScale !== undefined) viewport.setCamera({ parallelScale });
    moveCamera(withinSlice(subtract(place, center())));
  };

  /**
   * A slice that was let go while it waited for its turn is none to turn to: the library would take it for shown. Whoever
   * wants it back asks again once it is there.
   */
  const isToTurn = (): boolean =>
    !viewport.isDisabled && wanted !== viewport.getCurrentImageIdIndex() && images?.slice(wanted) !== undefined;

  /** The library draws each slice that it is turned to. */
  const turn = async (): Promise<void> => {
    if (busy) return;
    busy = true;
    try {
      while (isToTurn()) {
        drawing = true;
        if (follows) await turns.follow();
        else turns.lead();
        if (isToTurn()) await turnTo(wanted);
        // Turned back meanwhile: what was not painted over it, because it was about to go, is.
        else if (!viewport.isDisabled) viewport.render();
      }
    } catch {
      // A slice that fails to load leaves the one before it on screen; the position label tells which one that is.
      drawing = false;
    } finally {
      busy = false;
    }
  };

  return {
    id,
    element,
    async setVolume(key, volume, index) {
      images = volume;
      wanted = index;
      await viewport.setStack(imageIdsOf(key, volume.info), index);
      viewport.setProperties({ voiRange: windowBounds(volume.info.window) });
      viewport.resetCamera();
      draw();
    },
    show(index, isFollowing) {
      wanted = index;
      follows = isFollowing;
      void turn();
    },
    slice: () => viewport.getCurrentImageIdIndex(),
    isDrawing: () => drawing,
    catchUp() {
      if (drawing && element.clientHeight > 0) draw();
    },
    setWindow(window) {
      viewport.setProperties({ voiRange: windowBounds(window) });
      draw();
    },
    toCanvas(position) {
      const point: Types.Point3 = [...subtract(position, moved)];
      const [x, y] = viewport.worldToCanvas(point);
      return [x, y];
    },
    toPatient,
    zoomAt(point, factor) {
      const { parallelScale } = viewport.getCamera();
      if (!parallelScale) return;
      const before = toPatient(point);
      viewport.setCamera({ parallelScale: Math.max(SMALLEST_SCALE_MM, parallelScale / factor) });
      moveCamera(subtract(before, toPatient(point)));
      draw();
    },
    pan(dx, dy) {
      moveCamera(subtract(toPatient([0, 0]), toPatient([dx, dy])));
      draw();
    },
    fit() {
      viewport.resetCamera();
      draw();
    },
    view: () => ({
      center: center(),
      mmPerPixel: (2 * (viewport.getCamera().parallelScale ?? 0)) / element.clientHeight,
    }),
    setShift(mm) {
      const back = subtract(moved, mm);
      moved = mm;
      moveCamera(withinSlice(back));
      draw();
    },
    setView({ center: wantedCenter, mmPerPixel }) {
      const { clientWidth, clientHeight } = element;
      if (clientHeight === 0 || mmPerPixel <= 0) return;
      const { parallelScale } = viewport.getCamera();
      const wantedScale = (mmPerPixel * clientHeight) / 2;
      const within = withinSlice(subtract(wantedCenter, center()));
      // What is shown already is not drawn again: each pane that appears asks it of all.
      const atEdge =
        (Math.abs((parallelScale ?? 0) - wantedScale) / wantedScale) * (Math.max(clientWidth, clientHeight) / 2);
      if (length(within) < UNSEEN_PIXELS * mmPerPixel && atEdge < UNSEEN_PIXELS) return;
      viewport.setCamera({ parallelScale: wantedScale });
      moveCamera(within);
      draw();
    },
    destroy() {
      element.removeEventListener(Enums.Events.IMAGE_RENDERED, rendered);
      letGoUndrawn(engine, viewport);
      engine.disableElement(id);
      fitDrawingBuffer(engine);
    },
  };
};
