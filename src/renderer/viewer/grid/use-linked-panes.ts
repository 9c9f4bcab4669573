/** The panes that are ready, the position they show, and scrolling them together by patient position. */
import { computed, type Ref, shallowReactive, shallowRef } from 'vue';
import { add, type StackGeometry, scale, type Vec3 } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { middleSlice } from '#shared/study/voxels.ts';
import type { ViewerProps } from '../contract.ts';
import { commonFrame, focusAfterScroll, type LinkDecision, linkDecision, sliceTarget } from '../space/linking.ts';
import { type CutSlice, referenceLine } from '../space/reference-line.ts';
import { sliceCenter } from '../space/slices.ts';
import type { PaneHandle, ViewerContext } from '../viewer-context.ts';
import type { Step } from './crosshair-step.ts';
import type { Extent } from './use-linked-views.ts';

type LinkedPanes = Pick<
  ViewerContext,
  'focus' | 'linkOf' | 'linesOn' | 'isCovered' | 'join' | 'leave' | 'scrollTo' | 'scrollBy' | 'goTo'
> & {
  handles: ReadonlyMap<ModelRole, PaneHandle>;
  setFocus(position: Vec3): void;
  /** Series of the common frame whose panes are not ready yet. */
  coming(): readonly Extent[];
  /** Moves the position shown within the slice of a pane; false where that pane has no place in the common frame. */
  nudge(role: ModelRole, step: Step, mm: number): boolean;
  /** The slice of a stack to come that shows the position shown. */
  expected(geometry: StackGeometry | undefined): number | undefined;
  /** Brings one pane to the position shown, where it is linked. */
  settle(role: ModelRole): void;
  /** The slice that shows a position; undefined where the stack cannot be compared with it. */
  sliceAt(role: ModelRole, position: Vec3): number | 'not-covered' | undefined;
};

export const useLinkedPanes = (
  props: Readonly<Pick<ViewerProps, 'panes' | 'look' | 'allLines'>>,
  linked: Ref<boolean>,
  active: Readonly<Ref<ModelRole | undefined>>,
): LinkedPanes => {
  const handles = shallowReactive(new Map<ModelRole, PaneHandle>());
  const uncovered = shallowReactive(new Set<ModelRole>());
  const focus = shallowRef<Vec3 | undefined>(props.look?.focus);
  // From all series of the case, not from those that happen to be loaded already: it must not change meanwhile.
  const frame = computed(() => commonFrame(props.panes.map(({ series }) => series?.geometry)));

  const linkOf = (role: ModelRole): LinkDecision => linkDecision(handles.get(role)?.geometry, frame.value);

  const coming = (): Extent[] =>
    props.panes.flatMap(({ role, series }) =>
      series?.geometry && !handles.has(role) && linkDecision(series.geometry, frame.value).linked
        ? [{ g: series.geometry, rows: series.rows, columns: series.columns }]
        : [],
    );

  /**
   * The middle of the first series in the order of the roles, known before any image is there: where a study opens does not
   * depend on which series comes first, and every pane asks for the slice that it will show.
   */
  const opening = computed<Vec3 | undefined>(() => {
    const first = props.panes.find(({ series }) => linkDecision(series?.geometry, frame.value).linked)?.series;
    if (!first?.geometry) return undefined;
    return sliceCenter(first.geometry, middleSlice(first.geometry.positions.length), first.rows, first.columns);
  });

  const follow = (handle: PaneHandle, position: Vec3): void => {
    if (!handle.geometry || !linkOf(handle.role).linked) return;
    const target = sliceTarget(handle.geometry, position, handle.thicknessMm);
    if (target.covered) uncovered.delete(handle.role);
    else uncovered.add(handle.role);
    handle.show(target.index, true);
  };

  const goTo = (position: Vec3): void => {
    focus.value = position;
    for (const handle of handles.values()) follow(handle, position);
  };

  const scrollTo = (role: ModelRole, wanted: number): void => {
    const handle = handles.get(role);
    if (!handle) return;
    const slice = Math.min(Math.max(wanted, 0), handle.volume.info.shape[0] - 1);
    handle.show(slice);
    uncovered.delete(role);
    if (!handle.geometry || !focus.value || !linkOf(role).linked) return;
    const position = focusAfterScroll(handle.geometry, slice, focus.value);
    focus.value = position;
    if (linked.value) for (const other of handles.values()) if (other.role !== role) follow(other, position);
  };

  const cutOf = ({ geometry, slice, volume }: PaneHandle): CutSlice | undefined => {
    const [, rows, columns] = volume.info.shape;
    return geometry && { g: geometry, slice: slice(), rows, columns };
  };
  const linesOn = (role: ModelRole): [Vec3, Vec3][] => {
    const own = handles.get(role);
    const cut = own && linkOf(role).linked ? cutOf(own) : undefined;
    if (!cut) return [];
    const others = props.allLines ? [...handles.keys()] : active.value === undefined ? [] : [active.value];
    return others.flatMap((other) => {
      const handle = other !== role && linkOf(other).linked ? handles.get(other) : undefined;
      const line = handle && referenceLine(cut, cutOf(handle) ?? cut);
      return line ? [line] : [];
    });
  };

  return {
    handles,
    focus,
    linkOf,
    coming,
    linesOn,
    isCovered: (role) => !uncovered.has(role),
    join(handle, isRecalled) {
      handles.set(handle.role, handle);
      uncovered.delete(handle.role);
      if (!handle.geometry || !linkOf(handle.role).linked) return;
      const [slices, rows, columns] = handle.volume.info.shape;
      focus.value ??= opening.value ?? sliceCenter(handle.geometry, middleSlice(slices), rows, columns);
      // Apart from the others a pane keeps the slice that it was left at.
      if (linked.value || !isRecalled) follow(handle, focus.value);
    },
    leave(role) {
      handles.delete(role);
      uncovered.delete(role);
      if (handles.size === 0) focus.value = undefined;
    },
    scrollTo,
    scrollBy(role, slices) {
      const handle = handles.get(role);
      if (handle) scrollTo(role, handle.slice() + slices);
    },
    goTo,
    nudge(role, [right, down], mm) {
      const g = handles.get(role)?.geometry;
      if (!g || !focus.value || !linkOf(role).linked) return false;
      goTo(add(focus.value, add(scale(g.rowDirection, right * mm), scale(g.columnDirection, down * mm))));
      return true;
    },
    settle(role) {
      const handle = handles.get(role);
      if (handle && focus.value && linked.value) follow(handle, focus.value);
    },
    expected(geometry) {
      const position = focus.value ?? opening.value;
      return geometry && position && linkDecision(geometry, frame.value).linked
        ? sliceTarget(geometry, position).index
        : undefined;
    },
    sliceAt(role, position) {
      const handle = handles.get(role);
      if (!handle?.geometry || !linkOf(role).linked) return undefined;
      const { index, covered } = sliceTarget(handle.geometry, position, handle.thicknessMm);
      return covered ? index : 'not-covered';
    },
    setFocus(position) {
      focus.value = position;
    },
  };
};
