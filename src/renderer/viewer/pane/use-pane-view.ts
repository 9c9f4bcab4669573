/** Ties one pane's volume to its viewport and overlay: shows, repaints, answers what is under the pointer. */
import {
  type ComputedRef,
  computed,
  nextTick,
  onScopeDispose,
  type Ref,
  type ShallowRef,
  shallowRef,
  watch,
} from 'vue';
import type { StackGeometry } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { withWords } from '#shared/study/marked-place.ts';
import { movedStack } from '#shared/study/series-shift.ts';
import { middleSlice } from '#shared/study/voxels.ts';
import { type PaneSpec, usualViewerHabits } from '../contract.ts';
import { createPaneViewport, type PaneViewport } from '../cornerstone/pane-viewport.ts';
import type { SeriesImages } from '../cornerstone/volume-store.ts';
import type { Pixels } from '../cornerstone/voxels.ts';
import type { Box } from '../paint/label-layout.ts';
import { remPixels } from '../paint/pane-colours.ts';
import { paneLetters } from '../paint/pane-letters.ts';
import { lesionNear, lesionsOfFrame, type OverlayScene, paintOverlay } from '../paint/pane-painter.ts';
import { paintSlice } from '../paint/slice-picture.ts';
import {
  absoluteWindow,
  draggedWindow,
  presetWindow,
  relativeWindow,
  type Window,
  type WindowPreset,
} from '../paint/window-level.ts';
import { type MapVisibility, mapVisibility } from '../space/map-placement.ts';
import { sliceOfMark } from '../space/marks.ts';
import type { PaneHandle, ViewerContext } from '../viewer-context.ts';
import { thicknessMm } from './series-facts.ts';
import type { PaneStatus, PaneVolume } from './use-pane-volume.ts';
import { sameWords, useWordsOver, wordsOver } from './use-words-over.ts';

export interface UsePaneViewOptions {
  viewer: ViewerContext;
  spec: () => PaneSpec;
  status: Readonly<ShallowRef<PaneStatus>>;
  bring: PaneVolume['bring'];
  element: Readonly<ShallowRef<HTMLDivElement | null>>;
  overlay: Readonly<ShallowRef<HTMLCanvasElement | null>>;
  id: string;
}

/** `failed`: it could not be brought, and nothing is on its way. */
export type Waiting = 'coming' | 'failed';

export interface PaneView {
  slice: Readonly<Ref<number>>;
  window: Readonly<ShallowRef<Window | undefined>>;
  mapSeen: Readonly<ShallowRef<MapVisibility | undefined>>;
  /** The slice to be shown is not there (yet): what is drawn is another one, which must not be seen for it. */
  waiting: Readonly<ShallowRef<Waiting | undefined>>;
  /** Of the stack on screen, where it lies in the reference. */
  geometry: ComputedRef<StackGeometry | undefined>;
  /** Undefined while what it shows is not what is to be seen. */
  viewport(): PaneViewport | undefined;
  lesionAt(point: readonly [number, number]): string | undefined;
  dragWindow(dx: number, dy: number): void;
  /** The window stays as it was dragged. */
  dropWindow(): void;
}

/** A canvas of the pane's size in device pixels, scaled so that one unit is one CSS pixel. */
const fitCanvas = (canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null => {
  const ratio = globalThis.devicePixelRatio || 1;
  const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
};

/** Letters of a picture, the same whatever the window. */
const PICTURE_REM = 16;

type Lines = ReturnType<ViewerContext['linesOn']>;

const sameLines = (some: Lines, others: Lines): boolean =>
  some.length === others.length && some.flat(2).every((value, i) => value === others.flat(2)[i]);

export const usePaneView = (options: UsePaneViewOptions): PaneView => {
  const { viewer, status, element, overlay, id } = options;
  const slice = shallowRef(0);
  const window = shallowRef<Window>();
  const mapSeen = shallowRef<MapVisibility>();
  const waiting = shallowRef<Waiting>();
  let viewport: PaneViewport | undefined;
  /** The words that the labels on screen stand beside; undefined where there are no labels. */
  let avoided: Box[] | undefined;
  let isPaintDue = false;

  const ready = () => (status.value.kind === 'ready' ? status.value : undefined);
  const geometry = computed(() => {
    const info = ready()?.volume.info;
    return info?.geometry && movedStack(info.geometry, viewer.shiftOf(info.seriesId));
  });
  const thickness = (): number | undefined => {
    const { series } = options.spec();
    return series && thicknessMm(series);
  };
  const frameOfSeries = (seriesId: string): string | undefined =>
    viewer.props.panes.find(({ series }) => series?.id === seriesId)?.series?.geometry?.frameOfReferenceUID;

  /** The same lines stay the same value: every slice of every pane is asked for them. */
  const lines = computed<Lines>((before) => {
    const now = viewer.linesOn(options.spec().role);
    return before && sameLines(before, now) ? before : now;
  });

  const sceneOf = (view: PaneViewport, at: number, forPicture: boolean): OverlayScene | undefined => {
    const volume = ready()?.volume;
    const g = geometry.value;
    if (!volume || !g?.positions[at]) return undefined;
    const { role, series } = options.spec();
    const together = viewer.linkOf(role).linked;
    const { map, sample } = viewer.props;
    const picture = viewer.seenMapPicture.value;
    const shown = together && viewer.mapShown.value;
    return {
      view: { g, slice: at, toCanvas: view.toCanvas },
      thicknessMm: thickness(),
      size: { width: view.element.clientWidth, height: view.element.clientHeight },
      map: shown && map && picture ? { picture, grid: map.grid, opacity: viewer.mapOpacity.value } : undefined,
      sample: shown ? sample : undefined,
      lesions: lesionsOfFrame(viewer.lesions.value, g, frameOfSeries),
      marks: viewer.marks.value
        .filter((mark) => mark.seriesId === series?.id && sliceOfMark(mark, g, volume.info.sopInstanceUIDs) === at)
        // Free text may name the patient, and a picture may leave.
        .map((mark) => (forPicture || viewer.props.hideIdentity ? withWords(mark, 'comment', '') : mark)),
      outlines: together && !forPicture ? (viewer.props.outlines ?? []) : [],
      selectedId: viewer.props.selectedId,
      drawnByTool: forPicture ? undefined : series?.id,
      lines: together && !forPicture ? lines.value : [],
      crosshair: together && !forPicture ? viewer.crosshair.value : undefined,
      words() {
        if (forPicture) return [];
        avoided = wordsOver(view.element);
        return avoided;
      },
      rem: () => (forPicture ? PICTURE_REM : remPixels()),
    };
  };

  const paint = (): void => {
    isPaintDue = false;
    if (!viewport || !overlay.value) return;
    const { clientWidth, clientHeight } = viewport.element;
    const context = fitCanvas(overlay.value, clientWidth, clientHeight);
    avoided = undefined;
    const scene = sceneOf(viewport, viewport.slice(), false);
    if (context && scene) paintOverlay(context, scene);
  };

  /** In this turn, once its words are there: what is said of the map on this slice is one that labels keep clear of. */
  const repaint = (): void => {
    if (!viewport || !overlay.value) return;
    const { map } = viewer.props;
    const g = geometry.value?.positions[viewport.slice()] ? geometry.value : undefined;
    mapSeen.value =
      g && map && viewer.mapShown.value && viewer.linkOf(options.spec().role).linked
        ? mapVisibility(map.grid, g, viewport.slice(), thickness())
        : undefined;
    if (isPaintDue) return;
    isPaintDue = true;
    void nextTick(paint);
  };
  void paneLetters().then(repaint);
  // Words that came or went without a drawing, as those on what is still loading: a label would stay where they sent it.
  useWordsOver(element, () => {
    if (!viewport || viewport.isDrawing() || isPaintDue || !avoided) return;
    if (!sameWords(avoided, wordsOver(viewport.element))) repaint();
  });

  const pictureOf = (
    { info }: SeriesImages,
    pixels: Pixels,
    { slice, withMap, longest }: { slice: number; withMap: boolean; longest: number },
  ): HTMLCanvasElement => {
    const scene = viewport && sceneOf(viewport, slice, true);
    const { map, sample } = viewer.props;
    const canvas = viewer.mapPicture.value;
    const overMap =
      withMap && map && canvas ? { picture: canvas, grid: map.grid, opacity: usualViewerHabits.mapOpacity } : undefined;
    return paintSlice({
      info: { ...info, geometry: geometry.value },
      pixels,
      slice,
      window: window.value ?? info.window,
      longest,
      overlay: scene && { ...scene, map: overMap, sample: withMap ? sample : undefined, selectedId: undefined },
    });
  };

  /** Of the series, as it was known when the window was last set by it. */
  let seriesWindow: Window | undefined;
  let windowTouched = false;
  const setWindow = (next: Window): void => {
    window.value = next;
    viewport?.setWindow(next);
  };
  /** Tells `to`, where there is a window at all. */
  const tellWindow = (to: ViewerContext['windowChosen']): void => {
    const series = ready()?.volume.info.window;
    if (series && window.value) to(options.spec().role, relativeWindow(window.value, series));
  };
  const chooseWindow = (next: Window): void => {
    windowTouched = true;
    setWindow(next);
    tellWindow(viewer.windowChosen);
  };

  const handleOf = (view: PaneViewport, state: Extract<PaneStatus, { kind: 'ready' }>): PaneHandle => {
    const { volume } = state;
    const recorded = volume.info.geometry;
    const isPlaced = recorded?.positions.length === volume.info.shape[0];
    return {
      role: options.spec().role,
      seriesId: volume.info.seriesId,
      volume,
      recorded: isPlaced ? recorded : undefined,
      get geometry() {
        return isPlaced ? geometry.value : undefined;
      },
      thicknessMm: thickness(),
      viewportId: view.id,
      element: view.element,
      slice: () => slice.value,
      show(next, follows = false) {
        // The words follow at once; the picture follows within a frame or two, or once it is there.
        slice.value = next;
        void turn(view, volume, next, follows);
      },
      redraw: repaint,
      catchUp: view.catchUp,
      fit: view.fit,
      view: view.view,
      setView: view.setView,
      setPreset(preset: WindowPreset) {
        const { window: series, range } = volume.info;
        const pixels = volume.slice(slice.value);
        if (pixels) chooseWindow(presetWindow(preset, series, range, pixels));
      },
      isViewing: () => options.spec().viewing === true,
      setRelativeWindow: (relative) => setWindow(absoluteWindow(relative, volume.info.window)),
      bring: options.bring,
      picture(wanted, withMap) {
        const at = wanted ?? slice.value;
        const pixels = volume.slice(at);
        if (!pixels) return undefined;
        const { role, seriesId } = { role: options.spec().role, seriesId: volume.info.seriesId };
        return {
          role,
          seriesId,
          sliceIndex: at,
          withMap,
          isAtPosition: wanted !== undefined,
          paint: (longest) => pictureOf(volume, pixels, { slice: at, withMap, longest }),
          paintPlain: (longest) => pictureOf(volume, pixels, { slice: at, withMap: false, longest }),
        };
      },
      look: () => ({
        seriesId: volume.info.seriesId,
        slice: slice.value,
        window: window.value,
        view: view.element.clientHeight > 0 ? view.view() : undefined,
      }),
    };
  };

  /** Of several slices that are waited for only the last is shown. */
  const turn = async (view: PaneViewport, volume: SeriesImages, next: number, follows: boolean): Promise<void> => {
    const isThere = volume.slice(next) !== undefined;
    waiting.value = isThere ? undefined : 'coming';
    const brought = options.bring(next);
    try {
      if (!isThere) await brought;
      if (viewport !== view || slice.value !== next) return;
      waiting.value = undefined;
      view.show(next, follows);
    } catch (error) {
      if (viewport !== view || slice.value !== next) return;
      waiting.value = 'failed';
      viewer.fail(error);
    }
  };

  const leave = (): void => {
    viewer.leave(options.spec().role);
    viewport?.destroy();
    viewport = undefined;
    mapSeen.value = undefined;
    waiting.value = undefined;
  };

  /** All of the series is there: what only all of it tells replaces what its first slice told, unless a hand was on it. */
  const settleWindow = (before: Window, now: Window): void => {
    if (window.value) setWindow(absoluteWindow(relativeWindow(window.value, before), now));
  };

  watch(
    status,
    async (state, before) => {
      if (state.kind === 'ready' && before?.kind === 'ready' && state.volume === before.volume && viewport) {
        if (seriesWindow && !windowTouched) settleWindow(seriesWindow, state.volume.info.window);
        seriesWindow = state.volume.info.window;
        return;
      }
      if (viewport) leave();
      if (state.kind !== 'ready') return;
      await nextTick();
      if (!element.value || status.value !== state) return;
      const view = createPaneViewport({
        engine: viewer.engine,
        turns: viewer.turns,
        id,
        element: element.value,
        shift: viewer.shiftOf(state.volume.info.seriesId),
        onRendered: repaint,
      });
      viewport = view;
      const { info } = state.volume;
      const left = viewer.recall(options.spec().role, info.seriesId);
      const expected = left?.slice ?? viewer.expected(options.spec().role, geometry.value);
      const start = Math.min(expected ?? middleSlice(info.shape[0]), info.shape[0] - 1);
      slice.value = start;
      window.value = seriesWindow = info.window;
      windowTouched = left?.window !== undefined;
      try {
        if (!state.volume.slice(start)) waiting.value = 'coming';
        await options.bring(start);
        if (viewport !== view) return;
        waiting.value = undefined;
        await view.setVolume(state.key, state.volume, start);
        if (viewport !== view) return;
        const liked = options.spec().viewing ? undefined : viewer.windowFor(options.spec().role);
        const chosen = left?.window ?? (liked && absoluteWindow(liked, state.volume.info.window));
        if (chosen) setWindow(chosen);
        if (left?.view) view.setView(left.view);
        viewer.join(handleOf(view, state), left !== undefined);
      } catch (error) {
        viewer.fail(error);
      }
    },
    { flush: 'post', immediate: true },
  );
  // One source each: what is gathered in a list of its own would be new whenever one of them was only looked at again.
  watch(
    [
      viewer.mapShown,
      viewer.mapOpacity,
      viewer.seenMapPicture,
      () => viewer.props.sample,
      viewer.lesions,
      viewer.marks,
      () => viewer.props.outlines,
      () => viewer.props.selectedId,
      viewer.crosshair,
      lines,
      () => viewer.linkOf(options.spec().role).linked,
    ],
    () => {
      // Else it is painted twice, the first time over an image that is about to go.
      if (!viewport?.isDrawing()) repaint();
    },
    { flush: 'post' },
  );
  watch(
    () => {
      const info = ready()?.volume.info;
      return info && viewer.shiftOf(info.seriesId);
    },
    (mm) => {
      if (!mm || !viewport) return;
      viewport.setShift(mm);
      viewer.seriesMoved(options.spec().role);
    },
    { flush: 'post' },
  );
  onScopeDispose(leave);

  return {
    geometry,
    slice,
    window,
    mapSeen,
    waiting,
    viewport: () => (waiting.value ? undefined : viewport),
    lesionAt(point) {
      const scene = viewport && !waiting.value ? sceneOf(viewport, viewport.slice(), false) : undefined;
      const lesions: readonly Lesion[] = scene?.lesions ?? [];
      return scene && lesionNear(point, lesions, scene.view, scene.thicknessMm);
    },
    dragWindow(dx, dy) {
      if (!window.value) return;
      windowTouched = true;
      setWindow(draggedWindow(window.value, dx, dy));
      tellWindow(viewer.windowDragged);
    },
    dropWindow: () => tellWindow(viewer.windowChosen),
  };
};
