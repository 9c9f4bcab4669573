/**
 * Keeps Cornerstone's annotations the image of the lesions in the page, which are the truth: every change made with the
 * mouse is reported, and what the page then says is drawn. A new drawing is taken out again at once; it comes back as a
 * lesion when the page has accepted it.
 */
import { eventTarget } from '@cornerstonejs/core';
import { annotation, BidirectionalTool, Enums, type Types, utilities } from '@cornerstonejs/tools';
import type { Lesion } from '#shared/study/lesion.ts';
import {
  type DrawnLesion,
  lesionFromPoints,
  pointsOfLesion,
  type Refusal,
  sameMeasurement,
} from '../space/annotations.ts';
import { type AnnotatedImage, createHeldAnnotations, isHeld } from './held-annotations.ts';

export interface LesionSyncOptions {
  /** Undefined where the lesion's series is not on screen. */
  imageOf(lesion: Lesion): AnnotatedImage | undefined;
  sourceOf(imageId: string): { seriesId: string; sopInstanceUID?: string | undefined } | undefined;
  viewportIds(): string[];
  onDrawn(lesion: DrawnLesion): void;
  /** Nothing is kept of it; a lesion that was being changed stays as the page has it. */
  onRefused(reason: Refusal): void;
  /** While it is being drawn; undefined when that is over. */
  onDrafting(lesion: DrawnLesion | undefined): void;
  /** While the mouse still holds it. */
  onEditing(lesion: Lesion): void;
  onEdited(lesion: Lesion): void;
}

export interface LesionSync {
  update(lesions: readonly Lesion[], selectedId: string | undefined): void;
  /** What is completed while `cancel` runs was given up, not drawn. */
  discard(cancel: () => void): void;
  dispose(): void;
}

type Completed = CustomEvent<{ annotation: Types.Annotation }>;

/** The first two points are the ends of the long axis. */
const isShortHandle = (index: number | null | undefined): boolean => index === 2 || index === 3;

/** The tool draws two thirds of the long axis across it; what nobody drew must not look like a measurement. */
const showTick = (drawing: Types.Annotation, lesion: DrawnLesion): void => {
  const normal = drawing.metadata?.viewPlaneNormal;
  if (normal && drawing.data.handles) drawing.data.handles.points = pointsOfLesion(lesion, [...normal]);
};

export const createLesionSync = (options: LesionSyncOptions): LesionSync => {
  const held = createHeldAnnotations();
  const { state } = annotation;
  let lesions: readonly Lesion[] = [];
  let editing: string | undefined;
  /** The lesion that is being changed has a hand on its short axis. */
  let shortHeld = false;
  let discarding = false;
  /** The library tells of the last move of a drawing up to a tenth of a second later: by then it may be complete, or given up. */
  let done: string | undefined;

  const edited = (changed: Types.Annotation): Lesion | undefined => {
    const id = held.idOf(changed.annotationUID);
    const lesion = lesions.find((one) => one.id === id);
    // A lesion that came without a short axis keeps none until one is drawn.
    const isShortDrawn = lesion?.shortAxis !== undefined || shortHeld;
    const measured = lesionFromPoints(changed.data.handles?.points ?? [], { seriesId: '', isShortDrawn });
    if (!lesion || 'refused' in measured) return undefined;
    const { longAxis, shortAxis } = measured.lesion;
    return { ...lesion, longAxis, ...(shortAxis ? { shortAxis } : {}) };
  };

  /** Where a drawing that is not yet a lesion is made; undefined for anything else. */
  const sourceOfDraft = (drawn: Types.Annotation) =>
    isHeld(drawn.annotationUID) || drawn.metadata?.toolName !== BidirectionalTool.toolName
      ? undefined
      : options.sourceOf(drawn.metadata?.referencedImageId ?? '');

  const completed = (event: Event): void => {
    const drawn = (event as Completed).detail.annotation;
    const uid = drawn.annotationUID;
    const source = sourceOfDraft(drawn);
    if (!uid || !source) return;
    done = uid;
    options.onDrafting(undefined);
    const ignored = discarding;
    // The tool still works on the annotation when it tells that it is complete.
    queueMicrotask(() => {
      state.removeAnnotation(uid);
      utilities.triggerAnnotationRenderForViewportIds(options.viewportIds());
      if (ignored) return;
      const measured = lesionFromPoints(drawn.data.handles?.points ?? [], { ...source, isShortDrawn: false });
      if ('refused' in measured) options.onRefused(measured.refused);
      else options.onDrawn(measured.lesion);
    });
  };

  const modified = (event: Event): void => {
    const changed = (event as Completed).detail.annotation;
    const draft = changed.annotationUID === done ? undefined : sourceOfDraft(changed);
    if (draft) {
      const measured = lesionFromPoints(changed.data.handles?.points ?? [], { ...draft, isShortDrawn: false });
      if ('lesion' in measured) {
        showTick(changed, measured.lesion);
        options.onDrafting(measured.lesion);
      }
    }
    const id = held.idOf(changed.annotationUID);
    if (id === undefined) return;
    if (isShortHandle(changed.data.handles?.activeHandleIndex)) shortHeld = true;
    const lesion = edited(changed);
    const known = lesions.find((one) => one.id === lesion?.id);
    if (!lesion || !known || sameMeasurement(lesion, known)) return;
    editing = id;
    options.onEditing(lesion);
  };

  /** Cornerstone listens on the document, so it has finished (and swapped axes) when the window hears of it. */
  const released = (): void => {
    if (editing === undefined) return;
    const changed = held.get(editing);
    editing = undefined;
    const lesion = changed && edited(changed);
    shortHeld = false;
    if (lesion) options.onEdited(lesion);
    else options.onRefused('too-small');
  };

  eventTarget.addEventListener(Enums.Events.ANNOTATION_COMPLETED, completed);
  eventTarget.addEventListener(Enums.Events.ANNOTATION_MODIFIED, modified);
  window.addEventListener('mouseup', released);

  return {
    update(next, selectedId) {
      lesions = next;
      const items = next.map((lesion) => {
        const at = options.imageOf(lesion);
        const { id, label } = lesion;
        return { id, label, toolName: BidirectionalTool.toolName, points: pointsOfLesion(lesion, at?.normal), at };
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
    dispose() {
      eventTarget.removeEventListener(Enums.Events.ANNOTATION_COMPLETED, completed);
      eventTarget.removeEventListener(Enums.Events.ANNOTATION_MODIFIED, modified);
      window.removeEventListener('mouseup', released);
      held.clear();
    },
  };
};
