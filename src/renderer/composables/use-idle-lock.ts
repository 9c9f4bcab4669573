import { onBeforeUnmount, onMounted, watch } from 'vue';
import { useAppStore } from '../stores/app.ts';
import { useLock } from './use-lock.ts';

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
const MINUTE_MS = 60_000;
/** Other windows hear of a touch no more often than this. */
const TELL_EVERY_MS = 5_000;

/**
 * Locks when nobody has touched a window of haicast for as long as the settings say. Unsaved work stays. A computer that slept
 * over the time locks with the first touch.
 */
export const useIdleLock = () => {
  const app = useAppStore();
  const lock = useLock();
  /** Somebody who works in one window is here for all of them. */
  const windows = new BroadcastChannel('haicast-here');
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = Date.now();
  let told = 0;

  const idleMs = () => app.settings.lockAfterMinutes * MINUTE_MS;
  const restart = () => {
    clearTimeout(timer);
    last = Date.now();
    if (idleMs() > 0) timer = setTimeout(() => void lock('idle'), idleMs());
  };
  const touched = () => {
    if (idleMs() > 0 && Date.now() - last > idleMs()) void lock('idle');
    restart();
    if (last - told < TELL_EVERY_MS) return;
    told = last;
    windows.postMessage('here');
  };
  windows.onmessage = restart;

  watch(() => [app.settings.lockAfterMinutes, app.records.state, app.identity.user?.id], restart);
  onMounted(() => {
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, touched, { capture: true, passive: true });
    restart();
  });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    windows.close();
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, touched, { capture: true });
  });
};
