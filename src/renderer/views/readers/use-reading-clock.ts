/** How long somebody reads a case: while it is on a screen that is seen and unlocked. What else they do meanwhile it does not know. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue';

export interface ReadingClockOptions {
  /** Something other than the window hides the case: a lock, a dialog over everything. */
  isHidden: () => boolean;
  now?: () => number;
  /** Says whether the window is seen. */
  page?: {
    readonly visibilityState: string;
    addEventListener(name: 'visibilitychange', listener: () => void): void;
    removeEventListener(name: 'visibilitychange', listener: () => void): void;
  };
}

export const useReadingClock = ({ isHidden, now = () => performance.now(), page = document }: ReadingClockOptions) => {
  const isAway = shallowRef(page.visibilityState !== 'visible');
  const running = computed(() => !isAway.value && !isHidden());
  let counted = 0;
  let since: number | undefined;
  const pauses = shallowRef(0);
  const seconds = shallowRef(0);

  const stop = () => {
    if (since !== undefined) counted += now() - since;
    since = undefined;
  };
  const read = (): number => (counted + (since === undefined ? 0 : now() - since)) / 1_000;
  const tick = () => {
    seconds.value = read();
  };
  const start = () => {
    since ??= now();
  };
  const again = () => {
    counted = 0;
    since = undefined;
    pauses.value = 0;
    if (running.value) start();
    tick();
  };

  watch(running, (isRunning) => {
    if (isRunning) start();
    else {
      stop();
      pauses.value++;
    }
    tick();
  });
  const seen = () => {
    isAway.value = page.visibilityState !== 'visible';
  };
  page.addEventListener('visibilitychange', seen);
  const timer = setInterval(tick, 1_000);
  onScopeDispose(() => {
    clearInterval(timer);
    page.removeEventListener('visibilitychange', seen);
  });
  again();
  return {
    running,
    pauses,
    seconds,
    /** What has been read until now. */
    taken: () => ({ seconds: Math.round(read() * 10) / 10, pauses: pauses.value }),
    /** Another case, or another look at it. */
    again,
  };
};
