/**
 * Keeps Cornerstone's annotations the image of the lesions in the page, which are the truth: every change made with the
 * mouse is reported, and what the page then says is drawn. A new drawing is taken out again at once; it comes back as a
 * lesion when the page has accepted it.
 */
import { type Types as CoreTypes, eventTarget } from '@cornerstonejs/core';
import { annotation, BidirectionalTool, Enums, type Types, utilities } from '@cornerstonejs/tools';
import type { Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import {
  type DrawnLesion,
  lesionFromPoints,
  pointsOfLesion,
  type Refusal,
  sameMeasurement,
} from '../space/annotations.ts';

/** The image a lesion is drawn on, for Cornerstone. */
export interface LesionImage {
  imageId: string;
  frame: string;
  normal: Vec3;
  up: Vec3;
}

export interface LesionSyncOptions {
  /** Undefined where the lesion's series is not on screen. */
  imageOf(lesion: Lesion): LesionImage | undefined;
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

const noBox = () => ({ topLeft: origin(), topRight: origin(), bottomLeft: origin(), bottomRight: origin() });
const origin = (): CoreTypes.Point3 => [0, 0, 0];

const annotationFor = (uid: string, lesion: Lesion, at: LesionImage): Types.Annotation => ({
  annotationUID: uid,
  highlighted: false,
  invalidated: false,
  isLocked: false,
  isVisible: true,
  metadata: {
    toolName: BidirectionalTool.toolName,
    FrameOfReferenceUID: at.frame,
    referencedImageId: at.imageId,
    viewPlaneNormal: at.normal,
    viewUp: at.up,
  },
  data: {
    label: lesion.label,
    handles: {
      points: pointsOfLesion(lesion, at.normal),
      activeHandleIndex: null,
      textBox: { hasMoved: false, worldPosition: origin(), worldBoundingBox: noBox() },
    },
    cachedStats: {},
  },
});

/** The first two points are the ends of the long axis. */
const isShortHandle = (index: number | null | undefined): boolean => index === 2 || index === 3;

/** The tool draws two thirds of the long axis across it; what nobody drew must not look like a measurement. */
const showTick = (drawing: Types.Annotation, lesion: DrawnLesion): void => {
  const normal = drawing.metadata?.viewPlaneNormal;
  if (normal && drawing.data.handles) drawing.data.handles.points = pointsOfLesion(lesion, [...normal]);
};

let instances = 0;

export const createLesionSync = (options: LesionSyncOptions): LesionSync => {
  const prefix = `lesion-${++instances}:`;
  const { state, selection } = annotation;
  let lesions: readonly Lesion[] = [];
  let editing: string | undefined;
  /** The lesion that is being changed has a hand on its short axis. */
  let shortHeld = false;
  let discarding = false;

  const edited = (held: Types.Annotation): Lesion | undefined => {
    const lesion = lesions.find(({ id }) => prefix + id === held.annotationUID);
    // A lesion that came without a short axis keeps none until one is drawn.
    const isShortDrawn = lesion?.shortAxis !== undefined || shortHeld;
    const measured = lesionFromPoints(held.data.handles?.points ?? [], { seriesId: '', isShortDrawn });
    if (!lesion || 'refused' in measured) return undefined;
    const { longAxis, shortAxis } = measured.lesion;
    return { ...lesion, longAxis, ...(shortAxis ? { shortAxis } : {}) };
  };

  /** Where a drawing that is not yet a lesion is made; undefined for anything else. */
  const sourceOfDraft = (drawn: Types.Annotation) =>
    drawn.annotationUID?.startsWith('lesion-') || drawn.metadata?.toolName !== BidirectionalTool.toolName
      ? undefined
      : options.sourceOf(drawn.metadata?.referencedImageId ?? '');

  const completed = (event: Event): void => {
    const drawn = (event as Completed).detail.annotation;
    const uid = drawn.annotationUID;
    const source = sourceOfDraft(drawn);
    if (!uid || !source) return;
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
    const held = (event as Completed).detail.annotation;
    const draft = sourceOfDraft(held);
    if (draft) {
      const measured = lesionFromPoints(held.data.handles?.points ?? [], { ...draft, isShortDrawn: false });
      if ('lesion' in measured) {
        showTick(held, measured.lesion);
        options.onDrafting(measured.lesion);
      }
    }
    if (!held.annotationUID?.startsWith(prefix)) return;
    if (isShortHandle(held.data.handles?.activeHandleIndex)) shortHeld = true;
    const lesion = edited(held);
    const known = lesions.find(({ id }) => id === lesion?.id);
    if (!lesion || !known || sameMeasurement(lesion, known)) return;
    editing = held.annotationUID;
    options.onEditing(lesion);
  };

  /** Cornerstone listens on the document, so it has finished (and swapped axes) when the window hears of it. */
  const released = (): void => {
    if (!editing) return;
    const held = state.getAnnotation(editing);
    editing = undefined;
    const lesion = held && edited(held);
    shortHeld = false;
    if (lesion) options.onEdited(lesion);
    else options.onRefused('too-small');
  };

  eventTarget.addEventListener(Enums.Events.ANNOTATION_COMPLETED, completed);
  eventTarget.addEventListener(Enums.Events.ANNOTATION_MODIFIED, modified);
  window.addEventListener('mouseup', released);

  const own = (): Types.Annotation[] =>
    state.getAllAnnotations().filter(({ annotationUID }) => annotationUID?.startsWith(prefix));

  const place = (lesion: Lesion): void => {
    const uid = prefix + lesion.id;
    const at = options.imageOf(lesion);
    const known = state.getAnnotation(uid);
    if (known && known.metadata?.referencedImageId !== at?.imageId) state.removeAnnotation(uid);
    else if (known) {
      known.data.label = lesion.label;
      if (uid !== editing && known.data.handles) {
        known.data.handles.points = pointsOfLesion(lesion, at?.normal);
        known.invalidated = true;
      }
      return;
    }
    if (at) state.addAnnotation(annotationFor(uid, lesion, at), at.frame);
  };

  return {
    update(next, selectedId) {
      lesions = next;
      const kept = new Set(next.map(({ id }) => prefix + id));
      for (const { annotationUID } of own())
        if (annotationUID && !kept.has(annotationUID)) state.removeAnnotation(annotationUID);
      for (const lesion of next) {
        place(lesion);
        const uid = prefix + lesion.id;
        if (state.getAnnotation(uid)) selection.setAnnotationSelected(uid, lesion.id === selectedId, true);
      }
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
      for (const { annotationUID } of own()) if (annotationUID) state.removeAnnotation(annotationUID);
    },
  };
};
