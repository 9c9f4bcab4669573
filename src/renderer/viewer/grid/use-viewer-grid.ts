/** The state of one viewer: engine, tools, lesions under the mouse, layout; and the commands that change it. */
import { computed, type Ref, ref, type ShallowRef, shallowRef, watch } from 'vue';
import { subtract, type Vec3 } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { movedLesion, movedMark } from '#shared/study/series-shift.ts';
import type { Wording } from '../../locales/said.ts';
import type { ViewerCommands, ViewerProps } from '../contract.ts';
import { drawingTurns, viewerEngine } from '../cornerstone/viewer-engine.ts';
import { pictureCanvas } from '../paint/map-canvas.ts';
import { mapPicture, symmetricScale } from '../paint/map-picture.ts';
import { paneLetters } from '../paint/pane-letters.ts';
import type { WindowPreset } from '../paint/window-level.ts';
import { lesionAround } from '../space/typed-lesion.ts';
import type { LeftTool, PointedAt, ViewerContext, ViewerListeners } from '../viewer-context.ts';
import { crosshairStep } from './crosshair-step.ts';
import { drawingOfAnother, offerDrawing } from './shared-drawing.ts';
import { type Cine, useCine } from './use-cine.ts';
import { type Drawing, type Surface, useDrawing } from './use-drawing.ts';
import { type Habits, useHabits } from './use-habits.ts';
import { useLinkedPanes } from './use-linked-panes.ts';
import { useLinkedViews } from './use-linked-views.ts';
import { type MapReading, useMapReading } from './use-map-reading.ts';
import { usePaneSizes } from './use-pane-sizes.ts';
import { type SeriesMoving, useSeriesMoving } from './use-series-moving.ts';

export interface PaneNotice {
  role: ModelRole;
  kind: 'too-small' | 'unplaced';
  reason?: Wording;
}

export interface ViewerGridState {
  viewer: ViewerContext;
  cine: Cine;
  moving: SeriesMoving;
  notice: Readonly<ShallowRef<PaneNotice | undefined>>;
  /** Log-odds per cell at full colour; 0 without a map. */
  mapScale: Readonly<Ref<number>>;
  mapReading: Readonly<Ref<MapReading | undefined>>;
  setElement(element: unknown): void;
  habits: Habits;
  toggleLinked(): void;
  toggleMap(): void;
  measure(): void;
  lesionAround: ViewerCommands['lesionAround'];
  setPreset(preset: WindowPreset): void;
  reset(): void;
  /** Gives up a drawing under way; false where there is none. */
  cancelDrawing(): boolean;
  picturesAt: ViewerCommands['picturesAt'];
  keepImage(): void;
  look: ViewerCommands['look'];
}

export const useViewerGrid = (props: Readonly<ViewerProps>, listeners: ViewerListeners): ViewerGridState => {
  const engine = viewerEngine();
  const another = props.mirror ? drawingOfAnother() : undefined;
  const tool = another?.tool ?? ref<LeftTool>('window');
  const before = props.look;
  const recalled = new Map(before?.panes);
  const linked = ref(before?.linked ?? true);
  const mapShown = ref(before?.mapShown ?? true);
  const active = ref<ModelRole | undefined>(before?.active ?? props.panes[0]?.role);
  const enlarged = ref<ModelRole | undefined>(before?.enlarged);
  const shift = ref(false);
  const notice = shallowRef<PaneNotice>();
  const panes = useLinkedPanes(props, linked, active);
  const moving = useSeriesMoving({ props, handles: panes.handles, linkOf: panes.linkOf, listeners });
  const surface: Surface = {
    handles: panes.handles,
    refused(kind, role) {
      if (kind === 'too-small') notice.value = { role, kind };
    },
  };
  const ownDrawing = (): Drawing => {
    const own = useDrawing({ engineId: engine.id, props, tool, own: surface, listeners });
    if (!props.companion) offerDrawing(own);
    return own;
  };
  const drawing = another ?? ownDrawing();
  another?.lend(surface);
  const habits = useHabits({ props, active, enlarged, handles: panes.handles, changed: listeners.habits });
  const views = useLinkedViews({
    handles: panes.handles,
    linked,
    active,
    linkOf: panes.linkOf,
    coming: panes.coming,
    oneScale: props.oneScale === true,
    fitted: before?.fitted ?? true,
  });
  const sizes = usePaneSizes(engine, () => panes.handles.values(), views.settle);

  const mapScale = computed(() => (props.map ? symmetricScale(props.map.values) : 0));
  const mapCanvas = computed(() => props.map && pictureCanvas(mapPicture(props.map)));
  const least = computed(() => habits.mapThreshold.value * mapScale.value);
  const seenMapCanvas = computed(() =>
    props.map && least.value > 0 ? pictureCanvas(mapPicture(props.map, undefined, least.value)) : mapCanvas.value,
  );
  const pointed = shallowRef<PointedAt>();
  const crosshair = computed<Vec3 | undefined>(() =>
    tool.value === 'crosshair' || shift.value ? panes.focus.value : undefined,
  );

  const cine = useCine((direction) => {
    const handle = active.value && panes.handles.get(active.value);
    if (!handle) return false;
    const next = handle.slice() + direction;
    if (next < 0 || next >= handle.volume.info.shape[0]) return false;
    const turn = () => panes.scrollTo(handle.role, next);
    // Waited for, so that none is missed; one that cannot be brought says so in its pane, and is passed.
    if (handle.volume.slice(next)) turn();
    else handle.bring(next).catch(turn);
    return true;
  });

  const viewer: ViewerContext = {
    engine,
    turns: drawingTurns,
    props,
    tool,
    linked,
    mapShown,
    mapOpacity: habits.mapOpacity,
    mapThreshold: habits.mapThreshold,
    pointed,
    crosshair,
    active,
    enlarged,
    lesions: computed(() => drawing.lesions.value.map((one) => movedLesion(one, moving.shiftOf(one.seriesId)))),
    marks: computed(() => drawing.marks.value.map((one) => movedMark(one, moving.shiftOf(one.seriesId)))),
    mapPicture: mapCanvas,
    seenMapPicture: seenMapCanvas,
    focus: panes.focus,
    linkOf: panes.linkOf,
    isCovered: panes.isCovered,
    linesOn: panes.linesOn,
    shiftOf: moving.shiftOf,
    seriesMoved: panes.settle,
    dragSeries: moving.drag,
    dropMoved: moving.drop,
    viewMoved: views.moved,
    recall(role, seriesId) {
      const known = recalled.get(role);
      recalled.delete(role);
      return known?.seriesId === seriesId ? known : undefined;
    },
    join(handle, isRecalled) {
      panes.join(handle, isRecalled);
      views.settle();
      listeners.ready(handle.role);
    },
    leave: panes.leave,
    expected(role, geometry) {
      const looked = recalled.get(role);
      return looked ? looked.slice : panes.expected(geometry);
    },
    scrollTo: panes.scrollTo,
    scrollBy: panes.scrollBy,
    goTo: panes.goTo,
    moveByKey(key, isFar) {
      if (tool.value === 'move') return active.value !== undefined && moving.nudge(active.value, key, isFar);
      const step = tool.value === 'crosshair' ? crosshairStep(key) : undefined;
      return step !== undefined && active.value !== undefined && panes.nudge(active.value, step, isFar ? 10 : 1);
    },
    setShift(held) {
      shift.value = held;
    },
    pointAt(next) {
      pointed.value = next;
    },
    select: listeners.selected,
    remove: listeners.removed,
    hold: (role, point) => drawing.hold(panes.handles.get(role), point),
    press(role) {
      active.value = role;
      drawing.pressed(surface, role);
    },
    toggleEnlarged(role) {
      if (habits.turnTo(role)) return;
      active.value = role;
      enlarged.value = enlarged.value === role ? undefined : role;
    },
    refuseMeasuring(role, reason) {
      notice.value = { role, kind: 'unplaced', reason };
    },
    windowFor: habits.windowFor,
    windowDragged: habits.windowDragged,
    windowChosen: habits.windowChosen,
    fail: listeners.failed,
    dropSeries: listeners.dropped,
  };

  const mapReading = useMapReading({ props, viewer, handles: panes.handles, least });

  watch(tool, () => {
    notice.value = undefined;
  });
  watch(panes.focus, (position) => {
    if (position) listeners.moved(position);
  });
  // Panes change their size with the layout; a map that is new should be seen.
  watch(
    habits.shown,
    () => {
      sizes.refresh();
      // One that was hidden missed how the others were zoomed, and the slices that they were turned to.
      views.settle();
      for (const handle of panes.handles.values()) handle.catchUp();
    },
    { flush: 'post' },
  );
  watch(
    () => props.map,
    (map, before) => {
      if (map && !before) mapShown.value = true;
    },
  );

  return {
    viewer,
    cine,
    moving,
    notice,
    mapScale,
    mapReading,
    setElement: sizes.observe,
    habits,
    toggleLinked() {
      linked.value = !linked.value;
      if (!linked.value) return;
      if (panes.focus.value) panes.goTo(panes.focus.value);
      views.settle();
    },
    toggleMap() {
      if (props.map) mapShown.value = !mapShown.value;
    },
    measure: drawing.toggleMeasuring,
    lesionAround(longMm, shortMm) {
      const handle = active.value && panes.handles.get(active.value);
      if (!handle?.recorded || !panes.focus.value || !panes.linkOf(handle.role).linked) return undefined;
      // Nobody marks what is not seen yet.
      if (!handle.volume.slice(handle.slice())) return undefined;
      const { sopInstanceUIDs } = handle.volume.info;
      const focus = subtract(panes.focus.value, moving.shiftOf(handle.seriesId));
      const place = { g: handle.recorded, slice: handle.slice(), focus };
      return lesionAround({ ...place, seriesId: handle.seriesId, sopInstanceUIDs }, { longMm, shortMm });
    },
    setPreset(preset) {
      if (active.value) panes.handles.get(active.value)?.setPreset(preset);
    },
    reset() {
      for (const handle of panes.handles.values()) handle.setPreset('default');
      views.fit();
    },
    cancelDrawing: drawing.cancel,
    look: () => ({
      panes: new Map([...panes.handles].map(([role, handle]) => [role, handle.look()])),
      focus: panes.focus.value,
      active: active.value,
      enlarged: enlarged.value,
      linked: linked.value,
      fitted: views.isFitted(),
      mapShown: mapShown.value,
    }),
    async picturesAt(position) {
      await paneLetters();
      const taken = [...panes.handles.values()].map(async (handle) => {
        const slice = position && panes.sliceAt(handle.role, position);
        // A stack of the common frame that does not reach the position has no picture of it.
        if (slice === 'not-covered') return [];
        await handle.bring(slice ?? handle.slice());
        const hasMap = props.map !== undefined && panes.linkOf(handle.role).linked;
        return [false, ...(hasMap ? [true] : [])].flatMap((withMap) => handle.picture(slice, withMap) ?? []);
      });
      return (await Promise.allSettled(taken)).flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    },
    keepImage() {
      const handle = active.value && panes.handles.get(active.value);
      if (!handle) return;
      const withMap = mapShown.value && props.map !== undefined && panes.linkOf(handle.role).linked;
      const picture = handle.picture(undefined, withMap);
      if (picture) listeners.kept(picture);
    },
  };
};
