/** Laying a series on the arterial one by hand: under the pointer, by keys and by numbers. What is let go is the page's to keep. */
import { nextTick, type Ref, ref, shallowRef } from 'vue';
import { add, scale, type Vec3 } from '#shared/study/geometry.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import { isWithinReach, roundedShift, shiftOf } from '#shared/study/series-shift.ts';
import type { ViewerProps } from '../contract.ts';
import { type MoveStep, seriesStep } from '../space/series-step.ts';
import type { PaneHandle, ViewerContext, ViewerListeners } from '../viewer-context.ts';

export type MoveRefusal = 'no-series' | 'no-reference' | 'reference' | 'unplaced' | 'other-frame';

export interface SeriesMoving {
  /** Of the page, or under the hand, mm LPS. */
  shiftOf(seriesId: string): Vec3;
  /** Why the series of a pane cannot be moved; undefined where it can. */
  refusal(role: ModelRole | undefined): MoveRefusal | undefined;
  step: Ref<MoveStep>;
  /** Follows the pointer, by so much in the patient. */
  drag(role: ModelRole, by: Vec3): void;
  drop(): void;
  /** By a key, one step or ten; false where the key moves nothing. */
  nudge(role: ModelRole, key: string, isFar: boolean): boolean;
  /** By so much in all. */
  set(role: ModelRole, mm: Vec3): void;
}

export interface UseSeriesMovingOptions {
  props: Readonly<ViewerProps>;
  handles: ReadonlyMap<ModelRole, PaneHandle>;
  linkOf: ViewerContext['linkOf'];
  listeners: Pick<ViewerListeners, 'shifted'>;
}

export const useSeriesMoving = ({ props, handles, linkOf, listeners }: UseSeriesMovingOptions): SeriesMoving => {
  const held = shallowRef<{ seriesId: string; mm: Vec3 }>();
  const step = ref<MoveStep>('pixel');

  const present = (seriesId: string): Vec3 =>
    held.value?.seriesId === seriesId ? held.value.mm : shiftOf(props.shifts ?? [], seriesId);

  const refusal = (role: ModelRole | undefined): MoveRefusal | undefined => {
    const handle = role && handles.get(role);
    if (!handle) return 'no-series';
    if (props.referenceId === undefined) return 'no-reference';
    if (handle.seriesId === props.referenceId) return 'reference';
    const link = linkOf(handle.role);
    return link.linked ? undefined : link.reason;
  };

  const keep = (seriesId: string, mm: Vec3): void => {
    listeners.shifted(seriesId, roundedShift(mm));
    // The page has it by then; until then it stays where the hand left it.
    void nextTick(() => {
      held.value = undefined;
    });
  };
  const move = (role: ModelRole, by: Vec3): Vec3 | undefined => {
    const handle = handles.get(role);
    if (!handle || refusal(role) !== undefined) return undefined;
    const mm = add(present(handle.seriesId), by);
    if (!isWithinReach(mm)) return undefined;
    held.value = { seriesId: handle.seriesId, mm };
    return mm;
  };

  return {
    shiftOf: present,
    refusal,
    step,
    drag: (role, by) => void move(role, by),
    drop() {
      if (held.value) keep(held.value.seriesId, held.value.mm);
    },
    nudge(role, key, isFar) {
      const handle = handles.get(role);
      const by = handle?.recorded && seriesStep(handle.recorded, handle.slice(), key, step.value);
      if (!handle || !by || refusal(role) !== undefined) return false;
      const mm = move(role, scale(by, isFar ? 10 : 1));
      if (mm) keep(handle.seriesId, mm);
      return true;
    },
    set(role, mm) {
      const handle = handles.get(role);
      if (handle && refusal(role) === undefined && isWithinReach(mm)) keep(handle.seriesId, mm);
    },
  };
};
