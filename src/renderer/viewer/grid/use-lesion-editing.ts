/** Drawing and changing lesions with the mouse, and showing the page's lesions while that happens. */
import { type ComputedRef, computed, nextTick, onScopeDispose, shallowRef } from 'vue';
import type { Lesion } from '#shared/study/lesion.ts';
import type { ViewerProps } from '../contract.ts';
import { createLesionSync } from '../cornerstone/lesion-sync.ts';
import { lesionCenter, type Refusal } from '../space/annotations.ts';
import type { ViewerListeners } from '../viewer-context.ts';
import type { AnnotatedImages } from './annotated-images.ts';

export interface UseLesionEditingOptions {
  props: Readonly<ViewerProps>;
  images: AnnotatedImages;
  listeners: Pick<ViewerListeners, 'drawn' | 'changed'>;
  refused(reason: Refusal): void;
}

export interface LesionEditing {
  lesions: ComputedRef<readonly Lesion[]>;
  /** Brings what Cornerstone draws to what the page holds. */
  update(): void;
  discard(cancel: () => void): void;
}

/** The lesion under the pen is shown, but is nobody's yet: it cannot be picked. */
export const DRAFT_ID = '';

export const useLesionEditing = ({ props, images, listeners, refused }: UseLesionEditingOptions): LesionEditing => {
  const held = shallowRef<Lesion>();
  const draft = shallowRef<Lesion>();

  const sync = createLesionSync({
    imageOf: (lesion) => images.imageOf(lesion, lesionCenter(lesion)),
    sourceOf(imageId) {
      const source = images.sourceOf(imageId);
      return source && { seriesId: source.handle.seriesId, sopInstanceUID: source.sopInstanceUID };
    },
    viewportIds: images.viewportIds,
    onDrawn: listeners.drawn,
    onRefused(reason) {
      held.value = undefined;
      update();
      refused(reason);
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
      void nextTick(update);
    },
  });

  function update(): void {
    sync.update(props.lesions, props.selectedId);
  }
  onScopeDispose(sync.dispose);

  return {
    lesions: computed(() => {
      const { value } = held;
      const kept = value ? props.lesions.map((lesion) => (lesion.id === value.id ? value : lesion)) : props.lesions;
      return draft.value ? [...kept, draft.value] : kept;
    }),
    update,
    discard: sync.discard,
  };
};
