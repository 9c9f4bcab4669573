import { onMounted, onScopeDispose, watch } from 'vue';
import { useHost } from '../client/index.ts';

/** Calls `back` once a host is there again that was away, and looks for it at once when somebody comes back to the page. */
export const useConnection = (back: () => Promise<void>) => {
  const { connection } = useHost();
  watch(connection.state, (now) => {
    if (now === 'there') return back();
  });
  const look = () => {
    if (document.visibilityState === 'visible' && connection.state.value !== 'there') connection.retry();
  };
  onMounted(() => document.addEventListener('visibilitychange', look));
  onScopeDispose(() => document.removeEventListener('visibilitychange', look));
};
