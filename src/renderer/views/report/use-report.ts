/** The report of the case on screen, as the records say it, in one language; asked for anew when the records say something else. */
import { computed, onScopeDispose, type Ref, shallowRef, watch } from 'vue';
import type { Place } from '#shared/report/fit-sheet.ts';
import type { ReportContent } from '#shared/report/report-content.ts';
import type { Language } from '#shared/words/language.ts';
import { useClient } from '../../client/index.ts';
import { useAppStore } from '../../stores/app.ts';
import { useCaseStore } from '../../stores/case.ts';
import { useNoticesStore } from '../../stores/notices.ts';

export interface ShownReport {
  readonly content: ReportContent;
  readonly hash: string;
  readonly places: readonly Place[];
}

export const useReport = (language: Readonly<Ref<Language>>) => {
  const client = useClient();
  const app = useAppStore();
  const current = useCaseStore();
  const notices = useNoticesStore();

  /** Undefined until the records have answered: nothing of the model is shown before, as a board may keep it covered. */
  const report = shallowRef<ShownReport>();
  /** A report is of what is kept: not of a case that is not, nor of a prediction that no board can have been shown. */
  const isKept = computed(() => {
    const kept = current.savedCase;
    return kept !== undefined && (!current.prediction || kept.predictions[0]?.id === current.prediction.id);
  });
  /** Changes with every question: an answer that comes later is of another state. */
  let turn = 0;

  const ask = async (): Promise<void> => {
    turn += 1;
    const mine = turn;
    report.value = undefined;
    const caseId = current.savedCase?.id;
    if (caseId === undefined || !isKept.value) return;
    const answer = await client.call('report.get', { caseId, language: language.value });
    if (mine === turn) report.value = answer;
  };
  const askAnew = () => void notices.guarded(ask);
  watch([() => current.savedCase, isKept, language, () => app.settings.hideIdentity], askAnew, { immediate: true });
  const listening = new AbortController();
  client.on(
    'records.changed',
    ({ caseId }) => {
      if (caseId === undefined || caseId === current.savedCase?.id) askAnew();
    },
    listening.signal,
  );
  onScopeDispose(() => listening.abort());
  return { report, isKept };
};
