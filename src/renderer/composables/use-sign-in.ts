import { onScopeDispose, watch } from 'vue';
import { useClient, useHost } from '../client/index.ts';
import { useAppStore } from '../stores/app.ts';
import { useCaseStore } from '../stores/case.ts';

/**
 * Follows who is at the workstation. What stands in this window is of one person: somebody else gets a window of their own
 * work, and nothing of what was here before. Calls `signedIn` when somebody comes to a window that shows nothing yet.
 */
export const useSignIn = (signedIn: () => Promise<void>) => {
  const client = useClient();
  const host = useHost();
  const app = useAppStore();
  const current = useCaseStore();
  const life = new AbortController();
  onScopeDispose(() => life.abort());

  client.on('identity.changed', () => void app.refreshIdentity(), life.signal);
  watch(
    () => app.identity,
    async ({ mode, user, mustChange }, before) => {
      // Signing in was turned off: what stands here is of whoever is there, and a window that waited for somebody opens.
      if (mode === 'single' && before.mode === 'users') {
        if (app.shownTo === undefined) await signedIn();
        else app.shownTo = '';
      }
      if (!user || mustChange) return;
      // Back again: the application may have been started anew meanwhile, and know nothing of this window's work.
      if (app.shownTo === user.id) await current.handOver().catch(() => false);
      else if (app.shownTo === undefined) await signedIn();
      else if (app.shownTo === '') app.shownTo = user.id;
      else {
        // Their unsaved work is with the application, which gives it to nobody else.
        host.setDirty(false);
        // Where the other one was is no place of theirs.
        history.replaceState(null, '', '#/');
        location.reload();
      }
    },
  );
};
