import { shallowRef, watch } from 'vue';
import type { DecisionVersion } from '#shared/board/decision.ts';
import { useClient } from '../client/index.ts';
import { useNoticesStore } from '../stores/notices.ts';

/** What boards decided about the case that is on screen, every version, newest first. */
export const useDecisions = (caseId: () => string | undefined) => {
  const client = useClient();
  const notices = useNoticesStore();
  const versions = shallowRef<readonly DecisionVersion[]>([]);
  const load = async (id: string | undefined): Promise<void> => {
    versions.value = [];
    if (id === undefined) return;
    try {
      const answer = await client.call('board.decisions', { caseId: id });
      // An answer about another case comes too late.
      if (caseId() === id) versions.value = answer.versions;
    } catch (error) {
      notices.showError(error);
    }
  };
  watch(caseId, load, { immediate: true });
  return versions;
};
