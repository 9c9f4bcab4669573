/** Drawing and changing lesions with the mouse, and showing the page's lesions while that happens. */
import { type ComputedRef, computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import { scale, stackNormal } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { ViewerProps } from '../contract.ts';
import { frameOf } from '../cornerstone/image-loader.ts';
import { createLesionSync, type LesionImage } from '../cornerstone/lesion-sync.ts';
import { createMeasureTool } from '../cornerstone/measure-tool.ts';
import { imageIdOf, parseImageId } from '../cornerstone/volume-store.ts';
import { lesionCenter, type Refusal } from '../space/annotations.ts';
import { nearestSlice, onlyIndexOf } from '../space/slices.ts';
import type { LeftTool, PaneHandle, ViewerListeners } from '../viewer-context.ts';

export interface UseLesionEditingOptions {
  engineId: string;
  props: Readonly<ViewerProps>;
  tool: Ref<LeftTool>;
  /** The pane that the mouse was last pressed in. */
  active: Ref<ModelRole | undefined>;
  handles: ReadonlyMap<ModelRole, PaneHandle>;
  listeners: Pick<ViewerListeners, 'drawn' | 'changed'>;
  refused(reason: Refusal): void;
}

export interface LesionEditing {
  lesions: ComputedRef<readonly Lesion[]>;
  cancelDrawing(): boolean;
}

/** The lesion under the pen is shown, but is nobody's yet: it cannot be picked. */
export const DRAFT_ID = '';

export const useLesionEditing = (options: UseLesionEditingOptions): LesionEditing => {
  const { props, handles, tool, active, listeners } = options;
  const held = shallowRef<Lesion>();
  const draft = shallowRef<Lesion>();
  const measure = createMeasureTool();
  const handleOf = (seriesId: string) => [...handles.values()].find((handle) => handle.seriesId === seriesId);

  const imageOf = (lesion: Lesion): LesionImage | undefined => {
    const handle = handleOf(lesion.seriesId);
    if (!handle?.geometry) return undefined;
    const { info } = handle.volume;
    const named = lesion.sopInstanceUID ? onlyIndexOf(info.sopInstanceUIDs, lesion.sopInstanceUID) : undefined;
    const slice = named ?? nearestSlice(handle.geometry, lesionCenter(lesion)).index;
    return {
      imageId: imageIdOf({ openId: info.openId, seriesId: info.seriesId }, slice),
      frame: frameOf(info),
      normal: scale(stackNormal(handle.geometry), -1),
      up: scale(handle.geometry.columnDirection, -1),
    };
  };

  const sync = createLesionSync({
    imageOf,
    sourceOf(imageId) {
      const parsed = parseImageId(imageId);
      const handle = parsed && handleOf(parsed.seriesId);
      return handle && { seriesId: handle.seriesId, sopInstanceUID: handle.volume.info.sopInstanceUIDs[parsed.slice] };
    },
    viewportIds: () => [...handles.values()].map(({ viewportId }) => viewportId),
    onDrawn(lesion) {
      tool.value = 'select';
      listeners.drawn(lesion);
    },
    onRefused(reason) {
      held.value = undefined;
      sync.update(props.lesions, props.selectedLesionId);
      options.refused(reason);
    },
    onDrafting(lesion) {
      draft.value = lesion && { ...lesion, id: DRAFT_ID, label: '', kind: 'target' };
    },
    onEditing(lesion) {
      held.value = lesion;
    },
    onEdited(lesion) {
      listeners.changed(lesion);
      // What counts from here on is what the page made of it.
      held.value = undefined;
    },
  });

  const known = new Map<string, PaneHandle>();
  const joinTool = (): void => {
    for (const [id] of known) {
      if ([...handles.values()].some(({ viewportId }) => viewportId === id)) continue;
      measure.remove(id, options.engineId);
      known.delete(id);
    }
    for (const handle of handles.values())
      if (handle.geometry && !known.has(handle.viewportId)) {
        measure.add(handle.viewportId, options.engineId);
        known.set(handle.viewportId, handle);
      }
  };

  watch(
    () => [[...handles.values()], props.lesions, props.selectedLesionId, held.value] as const,
    () => {
      joinTool();
      sync.update(props.lesions, props.selectedLesionId);
    },
    { flush: 'post', immediate: true },
  );
  watch(
    tool,
    (now) => {
      cancelDrawing();
      const mode = now === 'measure' ? 'draw' : now === 'select' ? 'edit' : 'show';
      measure.setMode(props.companion ? 'show' : mode);
    },
    { immediate: true },
  );

  function cancelDrawing(): boolean {
    // The tool is one for all panes and unhooks itself from the element it is told, so it must be the right one.
    const element = active.value && handles.get(active.value)?.element;
    let cancelled = false;
    if (element)
      sync.discard(() => {
        cancelled = measure.cancel(element);
      });
    return cancelled;
  }

  onScopeDispose(() => {
    sync.dispose();
    measure.dispose();
  });

  return {
    lesions: computed(() => {
      const { value } = held;
      const kept = value ? props.lesions.map((lesion) => (lesion.id === value.id ? value : lesion)) : props.lesions;
      return draft.value ? [...kept, draft.value] : kept;
    }),
    cancelDrawing,
  };
};
