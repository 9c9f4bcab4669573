/** Zoom and pan of the panes: one common view while they are linked, each its own where they are not. */
import type { Ref } from 'vue';
import type { ModelRole } from '#shared/study/roles.ts';
import { commonView, cutAlike, forPaneOf, type View, type ViewedStack } from '../space/common-view.ts';
import type { LinkDecision } from '../space/linking.ts';
import type { PaneHandle } from '../viewer-context.ts';

export interface LinkedViews {
  /** Shows whole images again. */
  fit(): void;
  /** A pane was zoomed or panned by hand. */
  moved(role: ModelRole): void;
  /** Panes appeared or have another size. */
  settle(): void;
  /** Nobody has zoomed or panned since whole images were shown. */
  isFitted(): boolean;
}

/** A placed series, and how large its slices are. */
export type Extent = Pick<ViewedStack, 'g' | 'rows' | 'columns'>;

export interface UseLinkedViewsOptions {
  handles: ReadonlyMap<ModelRole, PaneHandle>;
  linked: Readonly<Ref<boolean>>;
  active: Readonly<Ref<ModelRole | undefined>>;
  linkOf(role: ModelRole): LinkDecision;
  /** Series of the common frame whose panes are still to come: the view has room for them, and does not change with each. */
  coming(): readonly Extent[];
  /** Panes of another cut have the same scale, each around its own middle. */
  oneScale: boolean;
  /** False where panes come back with a zoom of their own. */
  fitted: boolean;
}

export const useLinkedViews = (options: UseLinkedViewsOptions): LinkedViews => {
  const { handles, linked, active, linkOf, coming, oneScale } = options;
  let { fitted } = options;

  const isSeen = ({ element }: PaneHandle): boolean => element.clientWidth > 0 && element.clientHeight > 0;
  const extentOf = ({ geometry, volume }: PaneHandle): Extent | undefined => {
    const [, rows, columns] = volume.info.shape;
    return geometry && { g: geometry, rows, columns };
  };
  /** What the panes that move with `leader` are going to be. */
  const extentsWith = (leader: PaneHandle): readonly Extent[] => {
    const { geometry } = leader;
    if (!geometry || !linked.value || !linkOf(leader.role).linked) return [];
    return coming().filter(({ g }) => cutAlike(geometry, g));
  };

  /** The panes that move with `leader`; only itself where it moves alone. */
  const companyOf = (leader: PaneHandle): PaneHandle[] => {
    const { geometry } = leader;
    if (!geometry || !linked.value || !linkOf(leader.role).linked) return [leader];
    return [...handles.values()].filter(
      (handle) => handle.geometry && linkOf(handle.role).linked && cutAlike(geometry, handle.geometry),
    );
  };

  const follow = (leader: PaneHandle): void => {
    if (leader.element.clientHeight === 0) return;
    const view = leader.view();
    const company = companyOf(leader);
    for (const other of company) if (other !== leader) other.setView(forPaneOf(view, leader.element, other.element));
    if (!oneScale || !linked.value) return;
    for (const other of handles.values()) {
      if (company.includes(other) || !isSeen(other)) continue;
      const { center } = other.view();
      other.setView(forPaneOf({ ...view, center }, leader.element, other.element));
    }
  };

  const fitAll = (): void => {
    fitted = true;
    const rest = new Set(handles.values());
    const views: [PaneHandle, View][] = [];
    for (const leader of handles.values()) {
      if (!rest.has(leader)) continue;
      const company = companyOf(leader).filter((handle) => rest.has(handle));
      const extents = [...company.filter(isSeen).flatMap((handle) => extentOf(handle) ?? []), ...extentsWith(leader)];
      for (const handle of company) {
        rest.delete(handle);
        // Every image whole in a pane of this size: a larger pane shows the same, larger.
        const { clientWidth: width, clientHeight: height } = handle.element;
        if (width === 0 || height === 0) continue;
        const view = commonView(extents.map((extent) => ({ ...extent, width, height })));
        if (view) views.push([handle, view]);
        else handle.fit();
      }
    }
    const smallest = Math.max(...views.map(([, { mmPerPixel }]) => mmPerPixel));
    for (const [handle, view] of views) handle.setView(oneScale ? { ...view, mmPerPixel: smallest } : view);
  };

  return {
    fit: fitAll,
    isFitted: () => fitted,
    moved(role) {
      fitted = false;
      const leader = handles.get(role);
      if (leader) follow(leader);
    },
    settle() {
      const leader = active.value && handles.get(active.value);
      if (fitted) fitAll();
      else if (leader) follow(leader);
    },
  };
};
