/** Annotations that stand for what the page holds: put there, moved and taken away as the page says, each by an id of its own. */
import type { Types as CoreTypes } from '@cornerstonejs/core';
import { annotation, type Types } from '@cornerstonejs/tools';
import type { Vec3 } from '#shared/study/geometry.ts';

/** The image that something is drawn on, for Cornerstone. */
export interface AnnotatedImage {
  imageId: string;
  frame: string;
  normal: Vec3;
  up: Vec3;
}

export interface HeldItem {
  id: string;
  label: string;
  /** Name of the tool that draws it. */
  toolName: string;
  /** Its handles, mm LPS. */
  points: readonly Vec3[];
  /** Undefined where its series is not on screen. */
  at: AnnotatedImage | undefined;
}

export interface HeldAnnotations {
  /** Puts every item in its place and takes away what is none of them; what is under the hand (`editing`) keeps its points. */
  update(items: readonly HeldItem[], options: { selectedId: string | undefined; editing: string | undefined }): void;
  /** The id of the item that an annotation stands for; undefined for one of another owner. */
  idOf(annotationUID: string | undefined): string | undefined;
  get(id: string): Types.Annotation | undefined;
  clear(): void;
}

const origin = (): CoreTypes.Point3 => [0, 0, 0];
const noBox = () => ({ topLeft: origin(), topRight: origin(), bottomLeft: origin(), bottomRight: origin() });
const handlesOf = ({ points }: HeldItem): CoreTypes.Point3[] => points.map(([x, y, z]) => [x, y, z]);

const annotationFor = (uid: string, item: HeldItem, at: AnnotatedImage): Types.Annotation => ({
  annotationUID: uid,
  highlighted: false,
  invalidated: false,
  isLocked: false,
  isVisible: true,
  metadata: {
    toolName: item.toolName,
    FrameOfReferenceUID: at.frame,
    referencedImageId: at.imageId,
    viewPlaneNormal: at.normal,
    viewUp: at.up,
  },
  data: {
    label: item.label,
    handles: {
      points: handlesOf(item),
      activeHandleIndex: null,
      textBox: { hasMoved: false, worldPosition: origin(), worldBoundingBox: noBox() },
    },
    cachedStats: {},
  },
});

let owners = 0;

/** Every annotation of the page that some owner holds: what is drawn newly is none of them. */
const HELD = 'held-';

export const isHeld = (annotationUID: string | undefined): boolean => annotationUID?.startsWith(HELD) === true;

export const createHeldAnnotations = (): HeldAnnotations => {
  const prefix = `${HELD}${++owners}:`;
  const { state, selection } = annotation;
  const own = (): Types.Annotation[] =>
    state.getAllAnnotations().filter(({ annotationUID }) => annotationUID?.startsWith(prefix));

  const place = (item: HeldItem, editing: string | undefined): void => {
    const uid = prefix + item.id;
    const { at } = item;
    const known = state.getAnnotation(uid);
    if (known && known.metadata?.referencedImageId !== at?.imageId) state.removeAnnotation(uid);
    else if (known) {
      known.data.label = item.label;
      if (item.id !== editing && known.data.handles) {
        known.data.handles.points = handlesOf(item);
        known.invalidated = true;
      }
      return;
    }
    if (at) state.addAnnotation(annotationFor(uid, item, at), at.frame);
  };

  return {
    update(items, { selectedId, editing }) {
      const kept = new Set(items.map(({ id }) => prefix + id));
      for (const { annotationUID } of own())
        if (annotationUID && !kept.has(annotationUID)) state.removeAnnotation(annotationUID);
      for (const item of items) {
        place(item, editing);
        const uid = prefix + item.id;
        if (state.getAnnotation(uid)) selection.setAnnotationSelected(uid, item.id === selectedId, true);
      }
    },
    idOf: (uid) => (uid?.startsWith(prefix) ? uid.slice(prefix.length) : undefined),
    get: (id) => state.getAnnotation(prefix + id),
    clear() {
      for (const { annotationUID } of own()) if (annotationUID) state.removeAnnotation(annotationUID);
    },
  };
};
