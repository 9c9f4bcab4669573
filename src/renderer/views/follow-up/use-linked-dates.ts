/** Keeps the dates beside each other at the same place of the patient: who is scrolled leads, the others follow. */
import { shallowRef } from 'vue';
import { add, distance, subtract, type Vec3 } from '#shared/study/geometry.ts';
import type { ViewerCommands } from '../../viewer/contract.ts';

/** Below this two positions are one: what a viewer answers is not followed again. */
const SAME_MM = 0.01;

export interface LinkedDates {
  /** The date whose images were touched last. */
  readonly active: Readonly<{ value: string | undefined }>;
  touch(id: string): void;
  /** A viewer of a date came, or went. */
  setViewer(id: string, viewer: Pick<ViewerCommands, 'goTo'> | null): void;
  /** A viewer shows another position, mm LPS. */
  moved(id: string, position: Vec3): void;
  /** Patients lie elsewhere than was thought: everybody follows anew. */
  settle(): void;
}

/** `placeOf`: how far the patient lies at a date from where they lay at the baseline, mm LPS. */
export const useLinkedDates = (first: string | undefined, placeOf: (id: string) => Vec3): LinkedDates => {
  const active = shallowRef(first);
  const viewers = new Map<string, Pick<ViewerCommands, 'goTo'>>();
  const shown = new Map<string, Vec3>();
  /** The place that everybody shows, where the patient lay at the baseline. */
  let place: Vec3 | undefined;

  const follow = (id: string): void => {
    if (!place) return;
    const wanted = add(place, placeOf(id));
    const now = shown.get(id);
    if (!now || distance(now, wanted) > SAME_MM) viewers.get(id)?.goTo(wanted);
  };
  const othersFollow = (): void => {
    for (const id of viewers.keys()) if (id !== active.value) follow(id);
  };

  return {
    active,
    touch: (id) => {
      active.value = id;
    },
    setViewer: (id, viewer) => {
      if (viewer) viewers.set(id, viewer);
      else {
        viewers.delete(id);
        shown.delete(id);
      }
    },
    moved: (id, position) => {
      shown.set(id, position);
      if (id !== active.value) {
        follow(id);
        return;
      }
      place = subtract(position, placeOf(id));
      othersFollow();
    },
    settle: () => {
      const leader = active.value && shown.get(active.value);
      if (active.value && leader) place = subtract(leader, placeOf(active.value));
      othersFollow();
    },
  };
};
