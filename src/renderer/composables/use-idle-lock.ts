import { onBeforeUnmount, onMounted, watch } from 'vue';
import { useClient } from '../client/index.ts';
import { useAppStore } from '../stores/app.ts';
import { useNoticesStore } from '../stores/notices.ts';

const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;
const MINUTE_MS = 60_000;

/** Locks the case history when nobody has touched the window for as long as the settings say. Unsaved work stays. */
export const useIdleLock = () => {
  const client = useClient();
  const app = useAppStore();
  const notices = useNoticesStore();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const lock = async () => {
    if (app.records.state !== 'open') return;
    try {
      app.records = await client.call('records.lock', {});
    } catch (error) {
      notices.showError(error);
    }
  };
  const restart = () => {
    clearTimeout(timer);
    const minutes = app.settings.lockAfterMinutes;
    if (minutes > 0) timer = setTimeout(() => void lock(), minutes * MINUTE_MS);
  };

  watch(() => [app.settings.lockAfterMinutes, app.records.state], restart);
  onMounted(() => {
    for (const sign of SIGNS_OF_LIFE) window.addEventListener(sign, restart, { capture: true, passive: true });
    restart();
  });
  onBeforeUnmount(() => {
    clearTimeout(timer);
    for (const sign of SIGNS_OF_LIFE) window.removeEventListener(sign, restart, { capture: true });
  });
};
