/** What the evidence map says where the mouse or the crosshair is, in the region under the hand, and what a threshold hides. */
import { type ComputedRef, computed } from 'vue';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { Mark } from '#shared/study/mark.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { ViewerProps } from '../contract.ts';
import {
  evidenceAt,
  evidenceIn,
  type HiddenEvidence,
  hiddenEvidence,
  isHidden,
  isOnSlice,
  type RegionEvidence,
} from '../space/map-evidence.ts';
import { sliceOfMark } from '../space/marks.ts';
import type { PaneHandle, ViewerContext } from '../viewer-context.ts';
import { DRAFT_ID } from './use-lesion-editing.ts';

/** `value`: log-odds of the cell; undefined outside of the crop. `hidden`: it is below the threshold. */
export interface PointReading {
  value: number | undefined;
  hidden: boolean;
}

/** `label`: of the region; empty while it is being drawn. */
export interface RegionReading extends RegionEvidence {
  label: string;
}

export interface MapReading {
  point: PointReading | undefined;
  region: RegionReading | undefined;
  hidden: HiddenEvidence;
  cells: number;
}

type Seen = Pick<ViewerContext, 'pointed' | 'crosshair' | 'active' | 'mapShown' | 'marks' | 'linkOf'>;

export interface UseMapReadingOptions {
  props: Readonly<ViewerProps>;
  viewer: Seen;
  handles: ReadonlyMap<ModelRole, PaneHandle>;
  /** Log-odds below which a cell is not drawn. */
  least: ComputedRef<number>;
}

/** Undefined while there is no map, or it is switched off: what is not shown is not read out either. */
export const useMapReading = ({
  props,
  viewer,
  handles,
  least,
}: UseMapReadingOptions): ComputedRef<MapReading | undefined> => {
  const shownMap = computed(() => (viewer.mapShown.value ? props.map : undefined));
  /** The slice of a pane where the map lies over it. */
  const isOver = (handle: PaneHandle | undefined, slice: number): handle is PaneHandle =>
    shownMap.value !== undefined &&
    handle?.geometry !== undefined &&
    viewer.linkOf(handle.role).linked &&
    isOnSlice(shownMap.value, { g: handle.geometry, slice, thicknessMm: handle.thicknessMm });

  const place = computed((): { role: ModelRole; position: Vec3 } | undefined => {
    if (viewer.pointed.value) return viewer.pointed.value;
    const [role, position] = [viewer.active.value, viewer.crosshair.value];
    return role && position ? { role, position } : undefined;
  });
  const point = computed((): PointReading | undefined => {
    const map = shownMap.value;
    const handle = place.value && handles.get(place.value.role);
    if (!map || !place.value || !handle || !isOver(handle, handle.slice())) return undefined;
    const value = evidenceAt(map, place.value.position);
    return { value, hidden: value !== undefined && isHidden(value, least.value) };
  });

  const marked = computed(() => {
    const isRegion = (mark: Mark) => mark.tool === 'ellipse';
    const regions = viewer.marks.value.filter(isRegion);
    return regions.find(({ id }) => id === DRAFT_ID) ?? regions.find(({ id }) => id === props.selectedId);
  });
  const region = computed((): RegionReading | undefined => {
    const map = shownMap.value;
    const mark = marked.value;
    if (!map || mark?.tool !== 'ellipse') return undefined;
    const handle = [...handles.values()].find(({ seriesId }) => seriesId === mark.seriesId);
    if (!handle?.geometry) return undefined;
    if (!isOver(handle, sliceOfMark(mark, handle.geometry, handle.volume.info.sopInstanceUIDs))) return undefined;
    const found = evidenceIn(map, mark.points);
    return found && { ...found, label: mark.label };
  });

  return computed(() => {
    const map = shownMap.value;
    if (!map) return undefined;
    return {
      point: point.value,
      region: region.value,
      hidden: hiddenEvidence(map.values, least.value),
      cells: map.values.length,
    };
  });
};
