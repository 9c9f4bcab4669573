/** When the steps beside the images come: their turn is after the images', which somebody waits for. */
import { onScopeDispose, type ShallowRef, shallowRef } from 'vue';
import type { ModelRole } from '#shared/study/roles.ts';

/** Images that take longer than this are not waited for: meanwhile there is enough to enter. */
const AT_LATEST_MS = 1_000;

export interface PanelTurn {
  /** The steps are there; for as long as the case is. */
  isHere: Readonly<ShallowRef<boolean>>;
  /** The pane of a role shows its series. */
  paneReady(role: ModelRole): void;
}

/** `awaited`: the roles whose panes will show images; none where there are no images to wait for. */
export const usePanelTurn = (awaited: () => readonly ModelRole[]): PanelTurn => {
  const isHere = shallowRef(awaited().length === 0);
  const ready = new Set<ModelRole>();
  const come = () => {
    isHere.value = true;
  };
  const timer = isHere.value ? undefined : setTimeout(come, AT_LATEST_MS);
  let idle: number | undefined;
  onScopeDispose(() => {
    clearTimeout(timer);
    if (idle !== undefined) cancelIdleCallback(idle);
  });

  return {
    isHere,
    paneReady(role) {
      ready.add(role);
      // Ready is before drawn: the drawing goes first.
      if (!isHere.value && awaited().every((one) => ready.has(one))) idle ??= requestIdleCallback(come);
    },
  };
};
