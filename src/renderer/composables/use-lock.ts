import { isUnanswered } from '../client/connection.ts';
import { useClient } from '../client/index.ts';
import { useAppStore } from '../stores/app.ts';
import { useNoticesStore } from '../stores/notices.ts';

const AGAIN_MS = 1_000;

/**
 * Leaves the workstation to whoever comes: hides the patient at once, before anybody is asked. Where there are users, who is
 * here is signed out; else the records are locked. Unsaved work stays.
 */
export const useLock = () => {
  const client = useClient();
  const app = useAppStore();
  const notices = useNoticesStore();

  const lock = async (by: 'idle' | 'hand') => {
    const { mode, user } = app.identity;
    if (mode === 'users' ? user === null : app.records.state !== 'open') return;
    app.covered = true;
    try {
      if (mode === 'users') app.identity = await client.call('identity.lock', { by });
      else app.records = await client.call('records.lock', {});
      app.covered = false;
    } catch (error) {
      // Nobody looks on while the application does not answer.
      if (isUnanswered(error)) setTimeout(() => void lock(by), AGAIN_MS);
      else {
        app.covered = false;
        notices.showError(error);
      }
    }
  };
  return lock;
};
