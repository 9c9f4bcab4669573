/** Drawing and changing marks that are no lesions, and showing the page's marks while that happens. */
import { type ComputedRef, computed, nextTick, onScopeDispose, shallowRef } from 'vue';
import { type DrawnMark, type Mark, markPlace } from '#shared/study/mark.ts';
import type { ViewerProps } from '../contract.ts';
import { createMarkSync } from '../cornerstone/mark-sync.ts';
import { markFromPoints } from '../space/marks.ts';
import { regionStatistics } from '../space/region-statistics.ts';
import type { PaneHandle, ViewerListeners } from '../viewer-context.ts';
import type { AnnotatedImages } from './annotated-images.ts';
import { DRAFT_ID } from './use-lesion-editing.ts';

export interface UseMarkEditingOptions {
  props: Readonly<ViewerProps>;
  images: AnnotatedImages;
  listeners: Pick<ViewerListeners, 'markDrawn' | 'markChanged'>;
  refused(): void;
}

export interface MarkEditing {
  /** The page's marks, with the one under the hand as it is now. */
  marks: ComputedRef<readonly Mark[]>;
  update(): void;
  discard(cancel: () => void): void;
  /** The mark that an annotation stands for. */
  idOf(annotationUID: string | undefined): string | undefined;
}

/** With the statistics of the slice that it is on. */
const measured = (mark: DrawnMark, { recorded, volume }: PaneHandle, slice: number): DrawnMark => {
  if (mark.tool !== 'ellipse' || !recorded) return mark;
  const [, rows, columns] = volume.info.shape;
  const pixels = volume.slice(slice);
  if (!pixels) return mark;
  const statistics = regionStatistics({ g: recorded, slice, pixels, rows, columns }, mark.points);
  return statistics ? { ...mark, statistics } : mark;
};

export const useMarkEditing = ({ props, images, listeners, refused }: UseMarkEditingOptions): MarkEditing => {
  const held = shallowRef<Mark>();
  const draft = shallowRef<Mark>();

  const sync = createMarkSync({
    imageOf: (mark) => images.imageOf(mark, markPlace(mark)),
    markOf(tool, points, imageId) {
      const source = images.sourceOf(imageId);
      if (!source) return undefined;
      const { handle, slice, sopInstanceUID } = source;
      const named = sopInstanceUID === undefined ? {} : { sopInstanceUID };
      const mark = markFromPoints(tool, points, { seriesId: handle.seriesId, ...named });
      return mark && measured(mark, handle, slice);
    },
    viewportIds: images.viewportIds,
    onDrawn: listeners.markDrawn,
    onRefused() {
      held.value = undefined;
      update();
      refused();
    },
    onDrafting(mark) {
      draft.value = mark && { ...mark, id: DRAFT_ID, label: '' };
    },
    onEditing(mark) {
      held.value = mark;
    },
    onEdited(mark) {
      listeners.markChanged(mark);
      // What counts from here on is what the page made of it.
      held.value = undefined;
      void nextTick(update);
    },
  });

  function update(): void {
    sync.update(props.marks ?? [], props.selectedId);
  }
  onScopeDispose(sync.dispose);

  return {
    marks: computed(() => {
      const { value } = held;
      const all = props.marks ?? [];
      const kept = value ? all.map((mark) => (mark.id === value.id ? value : mark)) : all;
      return draft.value ? [...kept, draft.value] : kept;
    }),
    update,
    discard: sync.discard,
    idOf: sync.idOf,
  };
};
