/** The left button: which tool it is, and what is drawn with it on the panes that can be measured on. */
import { type ComputedRef, computed, onScopeDispose, type Ref, watch } from 'vue';
import type { Lesion } from '#shared/study/lesion.ts';
import type { Mark } from '#shared/study/mark.ts';
import type { ModelRole } from '#shared/study/roles.ts';
import type { ViewerProps } from '../contract.ts';
import { createMeasureTool, type MeasureMode } from '../cornerstone/measure-tool.ts';
import { BIDIRECTIONAL, MAGNIFIER, MARK_TOOL_NAMES } from '../cornerstone/tool-names.ts';
import type { Refusal } from '../space/annotations.ts';
import type { LeftTool, PaneHandle, ViewerListeners } from '../viewer-context.ts';
import { annotatedImages } from './annotated-images.ts';
import { useLesionEditing } from './use-lesion-editing.ts';
import { useMarkEditing } from './use-mark-editing.ts';

export interface UseDrawingOptions {
  engineId: string;
  props: Readonly<ViewerProps>;
  tool: Ref<LeftTool>;
  /** The pane that the mouse was last pressed in. */
  active: Ref<ModelRole | undefined>;
  handles: ReadonlyMap<ModelRole, PaneHandle>;
  listeners: Pick<ViewerListeners, 'drawn' | 'changed' | 'markDrawn' | 'markChanged'>;
  refused(reason: Refusal): void;
}

export interface Drawing {
  lesions: ComputedRef<readonly Lesion[]>;
  marks: ComputedRef<readonly Mark[]>;
  /** Takes the tool for a lesion, or gives it back. */
  toggleMeasuring(): void;
  /** Gives up a drawing under way; false where there is none. */
  cancel(): boolean;
  /** Something drawn that a press at this point takes hold of: a mark by its id, a lesion without. */
  hold(role: ModelRole, point: readonly [number, number]): { markId: string | undefined } | undefined;
}

const modeOf = (tool: LeftTool): MeasureMode => {
  switch (tool) {
    case 'measure':
      return { draw: BIDIRECTIONAL };
    case 'magnifier':
      return { draw: MAGNIFIER };
    case 'window':
      return 'edit';
    case 'crosshair':
    case 'eraser':
    case 'move':
      return 'show';
    default:
      return { draw: MARK_TOOL_NAMES[tool] };
  }
};

/** What is drawn, for who only looks: the page's, as it is. */
export const paintedOnly = (props: Readonly<ViewerProps>): Drawing => ({
  lesions: computed(() => props.lesions),
  marks: computed(() => props.marks ?? []),
  toggleMeasuring: () => undefined,
  cancel: () => false,
  hold: () => undefined,
});

export const useDrawing = (options: UseDrawingOptions): Drawing => {
  const { props, handles, tool, active, listeners } = options;
  const images = annotatedImages(handles);
  const tools = createMeasureTool();
  /** A lesion is drawn once for each time it is asked for: it is part of what a prediction is made from. */
  let before: LeftTool = 'window';

  const lesions = useLesionEditing({
    props,
    images,
    listeners: {
      drawn(lesion) {
        tool.value = before;
        listeners.drawn(lesion);
      },
      changed: listeners.changed,
    },
    refused: options.refused,
  });
  const marks = useMarkEditing({ props, images, listeners, refused: () => options.refused('too-small') });

  const known = new Map<string, PaneHandle>();
  const join = (): void => {
    for (const [id] of known) {
      if ([...handles.values()].some(({ viewportId }) => viewportId === id)) continue;
      tools.remove(id, options.engineId);
      known.delete(id);
    }
    for (const handle of handles.values())
      if (handle.geometry && !known.has(handle.viewportId)) {
        tools.add(handle.viewportId, options.engineId);
        known.set(handle.viewportId, handle);
      }
  };

  watch(
    () => [[...handles.values()], props.lesions, props.marks, props.selectedId],
    () => {
      join();
      lesions.update();
      marks.update();
    },
    { flush: 'post', immediate: true },
  );

  function cancel(): boolean {
    // The tool is one for all panes and unhooks itself from the element it is told, so it must be the right one.
    const element = active.value && handles.get(active.value)?.element;
    let cancelled = false;
    const give = (): void => {
      cancelled = element !== undefined && tools.cancel(element);
    };
    lesions.discard(() => marks.discard(give));
    return cancelled;
  }

  watch(
    tool,
    (now, last) => {
      cancel();
      if (now === 'measure') before = last ?? 'window';
      tools.setMode(props.companion ? 'show' : modeOf(now));
    },
    { immediate: true },
  );
  onScopeDispose(tools.dispose);

  return {
    lesions: lesions.lesions,
    marks: marks.marks,
    toggleMeasuring() {
      if (props.companion) return;
      tool.value = tool.value === 'measure' ? before : 'measure';
    },
    cancel,
    hold(role, point) {
      const handle = handles.get(role);
      if (!handle?.geometry || !known.has(handle.viewportId)) return undefined;
      const uid = tools.near(handle.element, point);
      return uid === undefined ? undefined : { markId: marks.idOf(uid) };
    },
  };
};
