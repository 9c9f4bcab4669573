import { computed, shallowRef, type WritableComputedRef } from 'vue';

/** How something is worded: asked whenever it is shown, so that it is in the language of whoever reads it then. */
export type Wording = () => string;

/** What a person is told, until something else is. It is told as a wording and read as words; empty where nothing is said. */
export const useSaid = (): WritableComputedRef<string, Wording | ''> => {
  const wording = shallowRef<Wording | ''>('');
  return computed<string, Wording | ''>({
    get: () => (wording.value === '' ? '' : wording.value()),
    set(next) {
      wording.value = next;
    },
  });
};
