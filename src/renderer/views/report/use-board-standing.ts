/** Whether the report of the case on screen may say what the model says, or a tumour board that has not voted keeps it covered. */
import { computed, shallowRef, watch } from 'vue';
import { useClient } from '../../client/index.ts';
import { useCaseStore } from '../../stores/case.ts';
import { useNoticesStore } from '../../stores/notices.ts';

/** `unsaved`: the prediction of a kept case is not kept yet, so no board can have been shown it. */
export type BoardStanding =
  | { state: 'open' }
  | { state: 'unsaved' }
  | { state: 'covered'; meetings: readonly string[] };

export const useBoardStanding = () => {
  const client = useClient();
  const current = useCaseStore();
  const notices = useNoticesStore();

  /** Undefined until the records have answered: nothing of the model is shown before. */
  const standing = shallowRef<BoardStanding>();
  const kept = computed(() => current.savedCase);
  const isPredictionKept = computed(() => kept.value?.predictions[0]?.id === current.prediction?.id);
  /** Changes with every question: an answer that comes later is of another state. */
  let turn = 0;

  const ask = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    standing.value = undefined;
    if (!kept.value) standing.value = { state: 'open' };
    else if (!isPredictionKept.value) standing.value = { state: 'unsaved' };
    else {
      const { content } = await client.call('report.get', { caseId: kept.value.id });
      if (mine !== turn) return;
      const { result } = content;
      standing.value = result.state === 'covered' ? result : { state: 'open' };
    }
  };
  watch([kept, isPredictionKept], () => void notices.guarded(ask), { immediate: true });
  return standing;
};
