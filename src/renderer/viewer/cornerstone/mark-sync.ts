/**
 * Keeps Cornerstone's annotations the image of the marks in the page, as `lesion-sync.ts` does for lesions: what is drawn is
 * reported and taken out again, and comes back when the page has it.
 */
import { eventTarget } from '@cornerstonejs/core';
import { annotation, Enums, type Types, utilities } from '@cornerstonejs/tools';
import type { Vec3 } from '#shared/study/geometry.ts';
import { type DrawnMark, type Mark, type MarkTool, markTools } from '#shared/study/mark.ts';
import { type AnnotatedImage, createHeldAnnotations, isHeld } from './held-annotations.ts';
import { MARK_TOOL_NAMES } from './tool-names.ts';

export interface MarkSyncOptions {
  imageOf(mark: Mark): AnnotatedImage | undefined;
  /** A drawing of a tool as a mark; undefined where it is none (too small, elsewhere). */
  markOf(tool: MarkTool, points: readonly Vec3[], imageId: string): DrawnMark | undefined;
  viewportIds(): string[];
  onDrawn(mark: DrawnMark): void;
  /** Nothing is kept of it; one that was being changed stays as the page has it. */
  onRefused(): void;
  /** While it is being drawn; undefined when that is over. */
  onDrafting(mark: DrawnMark | undefined): void;
  /** While the mouse still holds it. */
  onEditing(mark: Mark): void;
  onEdited(mark: Mark): void;
}

export interface MarkSync {
  update(marks: readonly Mark[], selectedId: string | undefined): void;
  /** What is completed while `cancel` runs was given up, not drawn. */
  discard(cancel: () => void): void;
  idOf(annotationUID: string | undefined): string | undefined;
  dispose(): void;
}

type Completed = CustomEvent<{ annotation: Types.Annotation }>;

const pointsOf = (drawn: Types.Annotation): Vec3[] =>
  (drawn.data.handles?.points ?? []).map((point) => [point[0] ?? 0, point[1] ?? 0, point[2] ?? 0]);

const toolOf = (drawn: Types.Annotation): MarkTool | undefined =>
  markTools.find((tool) => MARK_TOOL_NAMES[tool] === drawn.metadata?.toolName);

export const createMarkSync = (options: MarkSyncOptions): MarkSync => {
  const held = createHeldAnnotations();
  let marks: readonly Mark[] = [];
  let editing: string | undefined;
  let discarding = false;
  /** An arrow is changed once more by the library after it was told to be complete. */
  let done: string | undefined;

  const draftOf = (drawn: Types.Annotation): DrawnMark | undefined => {
    const tool = isHeld(drawn.annotationUID) ? undefined : toolOf(drawn);
    return tool && options.markOf(tool, pointsOf(drawn), drawn.metadata?.referencedImageId ?? '');
  };

  const edited = (changed: Types.Annotation): Mark | undefined => {
    const id = held.idOf(changed.annotationUID);
    const mark = marks.find((one) => one.id === id);
    const drawn = mark && options.markOf(mark.tool, pointsOf(changed), changed.metadata?.referencedImageId ?? '');
    if (!drawn) return undefined;
    const { label, segment, comment } = mark;
    // What it was measured to be goes with its old place.
    return { ...drawn, id: mark.id, label, ...(segment ? { segment } : {}), ...(comment ? { comment } : {}) };
  };

  const completed = (event: Event): void => {
    const drawn = (event as Completed).detail.annotation;
    const uid = drawn.annotationUID;
    if (!uid || isHeld(uid) || !toolOf(drawn)) return;
    done = uid;
    options.onDrafting(undefined);
    const ignored = discarding;
    // The tool still works on the annotation when it tells that it is complete.
    queueMicrotask(() => {
      const mark = draftOf(drawn);
      annotation.state.removeAnnotation(uid);
      utilities.triggerAnnotationRenderForViewportIds(options.viewportIds());
      if (ignored) return;
      if (mark) options.onDrawn(mark);
      else options.onRefused();
    });
  };

  const modified = (event: Event): void => {
    const changed = (event as Completed).detail.annotation;
    const draft = changed.annotationUID === done ? undefined : draftOf(changed);
    if (draft) options.onDrafting(draft);
    const mark = edited(changed);
    const known = marks.find(({ id }) => id === mark?.id);
    if (!mark || !known || JSON.stringify(mark.points) === JSON.stringify(known.points)) return;
    editing = mark.id;
    options.onEditing(mark);
  };

  const released = (): void => {
    if (editing === undefined) return;
    const changed = held.get(editing);
    editing = undefined;
    const mark = changed && edited(changed);
    if (mark) options.onEdited(mark);
    else options.onRefused();
  };

  eventTarget.addEventListener(Enums.Events.ANNOTATION_COMPLETED, completed);
  eventTarget.addEventListener(Enums.Events.ANNOTATION_MODIFIED, modified);
  window.addEventListener('mouseup', released);

  return {
    update(next, selectedId) {
      marks = next;
      const items = next.map((mark) => {
        const { id, label, points, tool } = mark;
        // An arrow writes its label into the image by itself; ours are written beside all others.
        const shown = tool === 'arrow' ? '' : label;
        return { id, label: shown, toolName: MARK_TOOL_NAMES[tool], points, at: options.imageOf(mark) };
      });
      held.update(items, { selectedId, editing });
      utilities.triggerAnnotationRenderForViewportIds(options.viewportIds());
    },
    discard(cancel) {
      discarding = true;
      try {
        cancel();
      } finally {
        discarding = false;
      }
    },
    idOf: held.idOf,
    dispose() {
      eventTarget.removeEventListener(Enums.Events.ANNOTATION_COMPLETED, completed);
      eventTarget.removeEventListener(Enums.Events.ANNOTATION_MODIFIED, modified);
      window.removeEventListener('mouseup', released);
      held.clear();
    },
  };
};
