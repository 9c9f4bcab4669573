import { onScopeDispose, shallowRef, watch } from 'vue';

/** The current time in ms, refreshed while `active` is true. */
export const useIntervalNow = (active: () => boolean, everyMs: number) => {
  const now = shallowRef(Date.now());
  let timer: ReturnType<typeof setInterval> | undefined;
  const stop = () => {
    clearInterval(timer);
    timer = undefined;
  };
  watch(
    active,
    (on) => {
      stop();
      now.value = Date.now();
      if (on) {
        timer = setInterval(() => {
          now.value = Date.now();
        }, everyMs);
      }
    },
    { immediate: true },
  );
  onScopeDispose(stop);
  return now;
};
