/** The mouse over a pane: wheel, right, middle and left button (ux.md, Keys). Cornerstone only sees the measuring tool. */
import { type ShallowRef, watch } from 'vue';
import { subtract } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { Wording } from '../../locales/said.ts';
import type { PaneViewport } from '../cornerstone/pane-viewport.ts';
import type { LeftTool, ViewerContext } from '../viewer-context.ts';

export interface PanePointerOptions {
  viewer: ViewerContext;
  role: () => ModelRole;
  stage: Readonly<ShallowRef<HTMLElement | null>>;
  /** Gives the pane the keyboard. */
  focus(): void;
  viewport: () => PaneViewport | undefined;
  /** Why nothing can be measured here; undefined where it can. */
  refusal: () => Wording | undefined;
  dragWindow(dx: number, dy: number): void;
  /** The hand lets go of a window that it moved. */
  dropWindow(): void;
  /** The lesion under a point of the pane, own or projected. */
  lesionAt(point: readonly [number, number]): string | undefined;
}

/** Pixels of a smooth wheel (touchpad) that make one slice; a notch of a mouse wheel is always one. */
const PIXELS_PER_SLICE = 40;
const NOTCH_PIXELS = 50;
const CLICK_TOLERANCE = 4;

/** `hand`: the library moves what was taken hold of, or draws. */
type Drag = 'window' | 'pan' | 'crosshair' | 'series' | 'hand';

const draws = (tool: LeftTool): boolean => !['window', 'crosshair', 'eraser', 'magnifier', 'move'].includes(tool);
/** What is measured or pointed at has to lie somewhere in the patient; so has what is magnified, for the library. */
const needsPlace = (tool: LeftTool): boolean => draws(tool) || tool === 'magnifier';

export const usePanePointer = (options: PanePointerOptions): void => {
  const { viewer, viewport } = options;
  let drag: Drag | undefined;
  let start: readonly [number, number] = [0, 0];
  let last: readonly [number, number] = [0, 0];
  let rest = 0;
  let windowMoved = false;

  const pointOf = (event: MouseEvent): [number, number] => {
    const box = viewport()?.element.getBoundingClientRect();
    return [event.clientX - (box?.left ?? 0), event.clientY - (box?.top ?? 0)];
  };

  const focusHere = (point: readonly [number, number]): void => {
    const view = viewport();
    if (view && viewer.linkOf(options.role()).linked) viewer.goTo(view.toPatient(point));
  };

  const pointAt = (point: readonly [number, number]): void => {
    const view = viewport();
    const role = options.role();
    viewer.pointAt(view && viewer.linkOf(role).linked ? { role, position: view.toPatient(point) } : undefined);
  };

  const dragSeries = (from: readonly [number, number], to: readonly [number, number]): void => {
    const view = viewport();
    if (view) viewer.dragSeries(options.role(), subtract(view.toPatient(to), view.toPatient(from)));
  };

  const leftDrag = (point: readonly [number, number]): Drag => {
    const { value } = viewer.tool;
    if (value === 'crosshair') return 'crosshair';
    if (value === 'move') return 'series';
    return value === 'window' && !viewer.hold(options.role(), point) ? 'window' : 'hand';
  };

  /** The mark or the lesion under a point. */
  const markedAt = (point: readonly [number, number]): string | undefined =>
    viewer.hold(options.role(), point)?.markId ?? options.lesionAt(point);

  const click = (point: readonly [number, number]): void => {
    if (viewer.tool.value === 'window') viewer.select(markedAt(point));
    if (viewer.tool.value !== 'eraser') return;
    const id = markedAt(point);
    if (id) viewer.remove(id);
  };

  const wheelSlices = (event: WheelEvent): number => {
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * NOTCH_PIXELS;
    if (Math.abs(pixels) >= NOTCH_PIXELS) {
      rest = 0;
      return Math.sign(pixels);
    }
    rest += pixels;
    const slices = Math.trunc(rest / PIXELS_PER_SLICE);
    rest -= slices * PIXELS_PER_SLICE;
    return slices;
  };

  const handlers = {
    wheel(event: WheelEvent) {
      event.preventDefault();
      if (event.ctrlKey || event.metaKey) {
        viewport()?.zoomAt(pointOf(event), Math.exp(-event.deltaY * 0.002));
        viewer.viewMoved(options.role());
      } else {
        const slices = wheelSlices(event);
        if (slices !== 0) viewer.scrollBy(options.role(), slices);
      }
    },
    down(event: PointerEvent) {
      options.focus();
      viewer.press(options.role());
      start = last = pointOf(event);
      drag =
        event.button === 2 ? 'window' : event.button === 1 ? 'pan' : event.button === 0 ? leftDrag(start) : undefined;
      if (event.button === 1) event.preventDefault();
      if (event.button === 0 && needsPlace(viewer.tool.value)) {
        const reason = options.refusal();
        if (reason) viewer.refuseMeasuring(options.role(), reason);
      }
      if (drag === 'crosshair') focusHere(start);
      // The drawing tool listens on the document; only our own drags capture the pointer.
      if (drag && drag !== 'hand' && event.currentTarget instanceof Element)
        event.currentTarget.setPointerCapture(event.pointerId);
    },
    move(event: PointerEvent) {
      const point = pointOf(event);
      const [dx, dy] = [point[0] - last[0], point[1] - last[1]];
      last = point;
      pointAt(point);
      if (drag === 'window') {
        options.dragWindow(dx, dy);
        windowMoved = true;
      } else if (drag === 'pan') {
        viewport()?.pan(dx, dy);
        viewer.viewMoved(options.role());
      } else if (drag === 'crosshair') focusHere(point);
      else if (drag === 'series') dragSeries([point[0] - dx, point[1] - dy], point);
      else if (drag === undefined && event.buttons === 0) {
        viewer.setShift(event.shiftKey);
        if (event.shiftKey) focusHere(point);
      }
    },
    up(event: PointerEvent) {
      const point = pointOf(event);
      const still = Math.hypot(point[0] - start[0], point[1] - start[1]) < CLICK_TOLERANCE;
      if (event.button === 0 && drag && still) click(point);
      if (drag === 'series') viewer.dropMoved();
      if (windowMoved) options.dropWindow();
      windowMoved = false;
      drag = undefined;
    },
    leave() {
      viewer.setShift(false);
      viewer.pointAt(undefined);
    },
    enlarge() {
      // Two quick clicks are part of drawing.
      if (!draws(viewer.tool.value)) viewer.toggleEnlarged(options.role());
    },
  };

  watch(
    options.stage,
    (stage, _, onCleanup) => {
      if (!stage) return;
      const listening = new AbortController();
      const { signal } = listening;
      onCleanup(() => listening.abort());
      stage.addEventListener('wheel', handlers.wheel, { passive: false, signal });
      stage.addEventListener('pointerdown', handlers.down, { signal });
      stage.addEventListener('pointermove', handlers.move, { signal });
      stage.addEventListener('pointerup', handlers.up, { signal });
      stage.addEventListener('pointercancel', handlers.up, { signal });
      stage.addEventListener('pointerleave', handlers.leave, { signal });
      // Else the browser would move the focus from the slice bar to whatever lies under the pointer.
      stage.addEventListener('mousedown', (event) => event.preventDefault(), { signal });
      stage.addEventListener('contextmenu', (event) => event.preventDefault(), { signal });
      stage.addEventListener('dblclick', handlers.enlarge, { signal });
    },
    { flush: 'post', immediate: true },
  );
};
