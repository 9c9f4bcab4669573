/** The layout and the windows that a reader keeps to, and windows that several panes share. */
import { type ComputedRef, computed, type Ref, ref, shallowRef, type WritableComputedRef, watch } from 'vue';
import type { ModelRole } from '#shared/study/roles.ts';
import { type Layout, MOST_THRESHOLD, usualViewerHabits, type ViewerHabits, type ViewerProps } from '../contract.ts';
import { AS_STORED, isAsStored, isSameWindow, type RelativeWindow } from '../paint/window-level.ts';
import type { PaneHandle } from '../viewer-context.ts';
import { shownPanes } from './layouts.ts';

const PHASES: readonly ModelRole[] = ['arterial', 'portal-venous', 'delayed'];

export interface UseHabitsOptions {
  props: Readonly<ViewerProps>;
  active: Ref<ModelRole | undefined>;
  enlarged: Ref<ModelRole | undefined>;
  handles: ReadonlyMap<ModelRole, PaneHandle>;
  changed(habits: ViewerHabits): void;
}

export interface Habits {
  habits: ComputedRef<ViewerHabits>;
  /** The panes that are seen, the first one first. */
  shown: ComputedRef<ModelRole[]>;
  mapOpacity: WritableComputedRef<number>;
  mapThreshold: WritableComputedRef<number>;
  chooseLayout(layout: Layout): void;
  togglePhases(): void;
  /** Shows a pane that stands on another page of the layout; false where it is seen already. */
  turnTo(role: ModelRole): boolean;
  /** What a pane begins with; undefined for the window of its series. */
  windowFor(role: ModelRole): RelativeWindow | undefined;
  /** Panes that share the window of this one follow a hand; nothing is kept yet. */
  windowDragged(role: ModelRole, window: RelativeWindow): void;
  /** Somebody chose a window for a pane. */
  windowChosen(role: ModelRole, window: RelativeWindow): void;
}

export const useHabits = ({ props, active, enlarged, handles, changed }: UseHabitsOptions): Habits => {
  // Kept here, too: a page that keeps none, and one that hears of it later, show it at once.
  const own = shallowRef<ViewerHabits>(props.habits ?? usualViewerHabits);
  const lead = ref(active.value);
  const roles = computed(() => props.panes.map(({ role }) => role));

  watch(
    () => props.habits,
    (now) => {
      if (!now) return;
      const { windows: before, layout } = own.value;
      own.value = now;
      if (now.layout !== layout) showActive();
      // Chosen on another screen: here it is seen at once, too. What was chosen here comes back as it is.
      for (const [role, handle] of handles) {
        const [next, shown] = [now.windows[role] ?? AS_STORED, before[role] ?? AS_STORED];
        if (!handle.isViewing() && !isSameWindow(next, shown)) handle.setRelativeWindow(next);
      }
    },
  );

  /** Another layout begins with the pane that was touched last. */
  const showActive = (): void => {
    lead.value = active.value;
    enlarged.value = undefined;
  };
  const change = (next: Partial<ViewerHabits>): void => {
    own.value = { ...own.value, ...next };
    changed(own.value);
  };
  /** In hundredths, so that tenths add up. */
  const setting = (name: 'mapOpacity' | 'mapThreshold', most: number): WritableComputedRef<number> =>
    computed({
      get: () => own.value[name],
      set: (value) => change({ [name]: Math.round(Math.min(most, Math.max(0, value)) * 100) / 100 }),
    });
  const isPhase = (role: ModelRole): boolean => PHASES.includes(role) && !handles.get(role)?.isViewing();

  const withWindow = (role: ModelRole, window: RelativeWindow): ViewerHabits['windows'] => {
    const { [role]: _before, ...rest } = own.value.windows;
    return isAsStored(window) ? rest : { ...rest, [role]: window };
  };

  /** Panes that share the window of this one. */
  const sharing = (role: ModelRole): ModelRole[] =>
    own.value.phasesTogether && isPhase(role) ? PHASES.filter((other) => other !== role && isPhase(other)) : [];

  const windowDragged = (role: ModelRole, window: RelativeWindow): void => {
    for (const other of sharing(role)) handles.get(other)?.setRelativeWindow(window);
  };

  const windowChosen = (role: ModelRole, window: RelativeWindow): void => {
    // A series that is only seen in the place of a role says nothing of how that role is liked.
    if (handles.get(role)?.isViewing()) return;
    windowDragged(role, window);
    const shared = Object.fromEntries(sharing(role).map((other) => [other, window]));
    change({ windows: { ...withWindow(role, window), ...shared } });
  };

  return {
    habits: computed(() => own.value),
    mapOpacity: setting('mapOpacity', 1),
    mapThreshold: setting('mapThreshold', MOST_THRESHOLD),
    shown: computed(() => (enlarged.value ? [enlarged.value] : shownPanes(roles.value, own.value.layout, lead.value))),
    chooseLayout(layout) {
      showActive();
      change({ layout });
    },
    togglePhases() {
      change({ phasesTogether: !own.value.phasesTogether });
      const from = active.value && isPhase(active.value) ? active.value : PHASES[0];
      const window = from && own.value.windows[from];
      if (own.value.phasesTogether && from && window) windowChosen(from, window);
    },
    turnTo(role) {
      if (enlarged.value || shownPanes(roles.value, own.value.layout, lead.value).includes(role)) return false;
      lead.value = role;
      active.value = role;
      return true;
    },
    windowFor: (role) => own.value.windows[role],
    windowDragged,
    windowChosen,
  };
};
