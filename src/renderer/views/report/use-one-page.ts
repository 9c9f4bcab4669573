/** Makes the type of a page smaller until the page is no higher than its paper: as the writer of PDF does, in another font. */
import { nextTick, onBeforeUnmount, type Ref, shallowRef, watch } from 'vue';

/**
 * Height of the paper between its margins to its width (A4, 12 mm), less what lines of one pixel and other line breaks add
 * on paper.
 */
const HIGHEST = (273 / 186) * 0.955;
/** Of the size in which a page is read best; the smallest is what still fits the fullest page. */
const DENSITIES = [1, 0.96, 0.92, 0.88, 0.84, 0.8, 0.76, 0.72, 0.68] as const;

/** @param content changes with what stands on the page */
export const useOnePage = (page: Readonly<Ref<HTMLElement | null>>, content: () => unknown) => {
  const density = shallowRef(1);
  const settled = shallowRef(false);
  let turn = 0;
  let width = 0;

  const isTooHigh = ({ offsetHeight, offsetWidth }: HTMLElement) => offsetHeight > offsetWidth * HIGHEST;
  const settle = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    settled.value = false;
    for (const one of DENSITIES) {
      density.value = one;
      await nextTick();
      if (!page.value || mine !== turn) return;
      if (!isTooHigh(page.value)) break;
    }
    settled.value = true;
  };
  /** Its width changes with the window and the size of the text, not with the size of its own type. */
  const observer = new ResizeObserver(([entry]) => {
    const next = entry?.contentRect.width ?? 0;
    if (Math.abs(next - width) < 0.5) return;
    width = next;
    void settle();
  });
  watch(
    page,
    (element) => {
      observer.disconnect();
      if (element) observer.observe(element);
    },
    { immediate: true, flush: 'post' },
  );
  watch(content, () => void settle(), { flush: 'post' });
  onBeforeUnmount(() => observer.disconnect());
  return { density, settled };
};
