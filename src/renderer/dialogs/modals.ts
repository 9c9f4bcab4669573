/** The modal dialogs that are open in this window, the last in front. All of the page but that one is inert. */
import { computed, shallowRef } from 'vue';

interface Modal {
  readonly element: HTMLElement;
  /** Nothing of what stands behind it may be read. */
  readonly covering: boolean;
}

const modals = shallowRef<readonly Modal[]>([]);

export const cameUp = (modal: Modal): void => {
  modals.value = [...modals.value, modal];
};

export const wentAway = (element: HTMLElement): void => {
  modals.value = modals.value.filter((one) => one.element !== element);
};

/** Where words of the application can be read and pressed; undefined: on the page itself, or nowhere while it is covered. */
export const dialogInFront = computed(() => {
  const front = modals.value.at(-1);
  return front && !front.covering ? front.element : undefined;
});
