/**
 * The left button: which tool it is, and what is drawn with it on the panes that can be measured on. One viewer holds what is drawn;
 * another one of the same images lends it its panes, so that nothing is drawn twice and all of it goes one way.
 */
import { type ComputedRef, onScopeDispose, type Ref, shallowReactive, watch } from 'vue';
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

/** The panes of one viewer. */
export interface Surface {
  readonly handles: ReadonlyMap<ModelRole, PaneHandle>;
  /** Nothing is kept of what was drawn on this pane. */
  refused(reason: Refusal, role: ModelRole): void;
}

export interface UseDrawingOptions {
  engineId: string;
  props: Readonly<ViewerProps>;
  tool: Ref<LeftTool>;
  own: Surface;
  listeners: Pick<ViewerListeners, 'drawn' | 'changed' | 'markDrawn' | 'markChanged'>;
}

export interface Drawing {
  /** What the left button does on every surface. */
  tool: Ref<LeftTool>;
  lesions: ComputedRef<readonly Lesion[]>;
  marks: ComputedRef<readonly Mark[]>;
  /** Takes the tool for a lesion, or gives it back. */
  toggleMeasuring(): void;
  /** Gives up a drawing under way; false where there is none. */
  cancel(): boolean;
  /** The mouse was pressed in a pane of a surface. */
  pressed(surface: Surface, role: ModelRole): void;
  /** Something drawn that a press at this point of a pane takes hold of: a mark by its id, a lesion without. */
  hold(handle: PaneHandle | undefined, point: readonly [number, number]): { markId: string | undefined } | undefined;
  /** Draws on the panes of another viewer, too, until that one ends. */
  lend(surface: Surface): void;
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

export const useDrawing = (options: UseDrawingOptions): Drawing => {
  const { props, tool, listeners } = options;
  const surfaces = shallowReactive(new Set([options.own]));
  const panes = (): PaneHandle[] => [...surfaces].flatMap(({ handles }) => [...handles.values()]);
  const images = annotatedImages(panes);
  const tools = createMeasureTool();
  /** A lesion is drawn once for each time it is asked for: it is part of what a prediction is made from. */
  let before: LeftTool = 'window';
  let under: { surface: Surface; role: ModelRole } | undefined;
  const refused = (reason: Refusal): void => under?.surface.refused(reason, under.role);

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
    refused,
  });
  const marks = useMarkEditing({ props, images, listeners, refused: () => refused('too-small') });

  const known = new Map<string, PaneHandle>();
  const join = (): void => {
    for (const [id] of known) {
      if (panes().some(({ viewportId }) => viewportId === id)) continue;
      tools.remove(id, options.engineId);
      known.delete(id);
    }
    for (const handle of panes())
      if (handle.geometry && !known.has(handle.viewportId)) {
        tools.add(handle.viewportId, options.engineId);
        known.set(handle.viewportId, handle);
      }
  };

  watch(
    () => [panes(), props.lesions, props.marks, props.selectedId],
    () => {
      join();
      lesions.update();
      marks.update();
    },
    { flush: 'post', immediate: true },
  );

  function cancel(): boolean {
    // The tool is one for all panes and unhooks itself from the element it is told, so it must be the right one.
    const element = under?.surface.handles.get(under.role)?.element;
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
    tool,
    lesions: lesions.lesions,
    marks: marks.marks,
    toggleMeasuring() {
      if (props.companion) return;
      tool.value = tool.value === 'measure' ? before : 'measure';
    },
    cancel,
    pressed(surface, role) {
      under = { surface, role };
    },
    hold(handle, point) {
      if (!handle?.geometry || !known.has(handle.viewportId)) return undefined;
      const uid = tools.near(handle.element, point);
      return uid === undefined ? undefined : { markId: marks.idOf(uid) };
    },
    lend(surface) {
      surfaces.add(surface);
      onScopeDispose(() => {
        if (under?.surface === surface) {
          cancel();
          under = undefined;
        }
        surfaces.delete(surface);
      });
    },
  };
};
