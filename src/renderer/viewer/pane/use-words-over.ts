/** The words that the page itself has over an image: header, letters of orientation, legend, position. Labels stand beside them. */
import { type ShallowRef, watch } from 'vue';
import type { Box } from '../paint/label-layout.ts';

/** Where they stand, CSS pixels of the pane. */
export const wordsOver = (element: HTMLElement): Box[] => {
  const pane = element.getBoundingClientRect();
  const words = element.closest('.pane')?.querySelectorAll('[data-over-image]') ?? [];
  return [...words]
    .map((word) => word.getBoundingClientRect())
    .filter(({ width }) => width > 0)
    .map(({ left, top, width, height }) => ({ left: left - pane.left, top: top - pane.top, width, height }));
};

const sameBox = (a: Box, b: Box | undefined): boolean =>
  b !== undefined && a.left === b.left && a.top === b.top && a.width === b.width && a.height === b.height;

export const sameWords = (some: readonly Box[], others: readonly Box[]): boolean =>
  some.length === others.length && some.every((box, i) => sameBox(box, others[i]));

/** Calls `changed` in the turn in which words of the pane come, go or are others; what is drawn on the stage is none. */
export const useWordsOver = (element: Readonly<ShallowRef<HTMLElement | null>>, changed: () => void): void => {
  watch(
    element,
    (now, _, onCleanup) => {
      const pane = now?.closest('.pane');
      if (!pane) return;
      const stage = now?.parentElement;
      const observer = new MutationObserver((mutations) => {
        if (mutations.some(({ target }) => !stage?.contains(target))) changed();
      });
      observer.observe(pane, { childList: true, subtree: true, characterData: true });
      onCleanup(() => observer.disconnect());
    },
    { flush: 'post', immediate: true },
  );
};
