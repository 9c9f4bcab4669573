/** The closed courses of this hospital, what is asked about them, and every figure of that. */
import { computed, onMounted, onScopeDispose, shallowRef, watch } from 'vue';
import { type Choices, choicesOf } from '#shared/evidence/cohort.ts';
import type { ComparedWith } from '#shared/evidence/comparisons.ts';
import type { EvidenceRow } from '#shared/evidence/evidence-row.ts';
import type { EvidenceFigures } from '#shared/evidence/figures.ts';
import { firstSelection, type Selection } from '#shared/evidence/selection.ts';
import { isProblem } from '#shared/statistics/validation.ts';
import { useClient } from '../../client/index.ts';
import { EvidenceWorker } from '../../evidence/ask-evidence.ts';
import { useAppStore } from '../../stores/app.ts';
import { useJobsStore } from '../../stores/jobs.ts';
import { useNoticesStore } from '../../stores/notices.ts';

interface Read {
  readonly rows: readonly EvidenceRow[];
  readonly simulated: boolean;
  readonly unreadable: number;
}

/** The threshold that most of a model's predictions were judged by. */
const thresholdOf = (rows: readonly EvidenceRow[], model: string): number | undefined =>
  rows.find(({ prediction }) => prediction && `${prediction.modelId} ${prediction.modelVersion}` === model)?.prediction
    ?.threshold;

export const useEvidence = () => {
  const client = useClient();
  const app = useAppStore();
  const jobs = useJobsStore();
  const notices = useNoticesStore();
  const worker = new EvidenceWorker();
  onScopeDispose(() => worker.end());

  const read = shallowRef<Read>();
  const selection = shallowRef<Selection>();
  const threshold = shallowRef(0.5);
  const figures = shallowRef<EvidenceFigures>();
  const comparisons = shallowRef<readonly ComparedWith[]>();
  const choices = computed<Choices | undefined>(() => read.value && choicesOf(read.value.rows));

  const readRows = (): Promise<Read> =>
    jobs.run('evidence', async (jobId) => {
      const first = await client.call('evidence.rows', { from: 0, jobId });
      const rows = [...first.rows];
      while (rows.length < first.total) {
        const next = await client.call('evidence.rows', { from: rows.length, edition: first.edition, jobId });
        rows.push(...next.rows);
      }
      return { rows, simulated: first.simulated, unreadable: first.unreadable };
    });

  const compute = async () => {
    const asked = selection.value;
    if (!asked) return;
    comparisons.value = undefined;
    const found = await worker.figures(asked, threshold.value);
    if (!found) return;
    figures.value = found;
    comparisons.value = await worker.comparisons(asked);
  };

  const load = () =>
    notices.guarded(async () => {
      if (app.records.state !== 'open') {
        read.value = undefined;
        figures.value = undefined;
        return;
      }
      const now = await readRows();
      worker.take(now.rows);
      read.value = now;
      const asked = selection.value?.model;
      if (!choicesOf(now.rows).models.some(({ key }) => key === asked)) {
        selection.value = firstSelection(now.rows);
        threshold.value = thresholdOf(now.rows, selection.value.model) ?? 0.5;
      }
      await compute();
    });
  onMounted(load);
  watch(() => app.records, load);

  const select = (change: Partial<Selection>) =>
    notices.guarded(async () => {
      if (!selection.value) return;
      selection.value = { ...selection.value, ...change };
      if (change.model !== undefined) threshold.value = thresholdOf(read.value?.rows ?? [], change.model) ?? 0.5;
      await compute();
    });

  /** What is drawn and listed takes the new threshold at once; the rest of the figures stays. */
  const takeThreshold = (value: number) =>
    notices.guarded(async () => {
      threshold.value = value;
      const [asked, before] = [selection.value, figures.value];
      if (!asked || !before) return;
      const at = await worker.threshold(asked, value);
      if (!at || figures.value !== before) return;
      const { survival } = before.validation;
      const byThreshold = at.survivalByThreshold;
      figures.value = {
        ...before,
        validation: {
          ...before.validation,
          threshold: at.threshold,
          survival: survival && !isProblem(survival) && byThreshold ? { ...survival, byThreshold } : survival,
        },
      };
    });

  return { read, selection, threshold, figures, comparisons, choices, select, takeThreshold };
};
