import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { ModelRole } from '#shared/study/roles.ts';
import { type Placed, planPanes } from '../series/pane-plan.ts';
import type { ViewerLook } from '../viewer/contract.ts';
import { useCaseStore } from './case.ts';

/** How the open study is looked at: no part of the case, and gone with the study. */
export const useReadingStore = defineStore('reading', () => {
  const current = useCaseStore();
  const placed = shallowRef<Placed>({});
  /** What the user wants of the strip; until they say so it is open where the study plays no role by itself. */
  const stripWanted = shallowRef<boolean>();

  /** How the images were left when another place was visited. */
  const look = shallowRef<ViewerLook>();

  const panes = computed(() => planPanes(current.study?.series ?? [], current.edit.roles, placed.value));
  const stripShown = computed(() => stripWanted.value ?? current.edit.roles.length === 0);

  const without = (role: ModelRole): Placed => {
    const { [role]: _gone, ...rest } = placed.value;
    return rest;
  };

  watch(
    () => current.study,
    () => {
      placed.value = {};
      stripWanted.value = undefined;
      look.value = undefined;
    },
  );

  return {
    panes,
    look,
    stripShown,
    place: (role: ModelRole, seriesId: string) => {
      placed.value = { ...placed.value, [role]: seriesId };
    },
    /** The pane of a role shows what was given to it, and the strip stays as it is while roles are being given. */
    assign: (role: ModelRole, seriesId: string | undefined) => {
      stripWanted.value = stripShown.value;
      placed.value = without(role);
      current.assignRole(role, seriesId);
    },
    toggleStrip: () => {
      stripWanted.value = !stripShown.value;
    },
  };
});
