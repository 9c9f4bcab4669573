/** The closed courses of this hospital, what is asked about them, and every figure of that. */

import { computed, onMounted, onScopeDispose, shallowRef, watch } from 'vue';
import { criterionNames } from '#shared/clinical/response/timeline.ts';
import { type Choices, choicesOf } from '#shared/evidence/cohort.ts';
import type { ComparedWith } from '#shared/evidence/comparisons.ts';
import { type EvidenceRow, keyOfModel, modelKey } from '#shared/evidence/evidence-row.ts';
import type { EvidenceFigures } from '#shared/evidence/figures.ts';
import { type NoRecalibration, ORIGINAL, type Recalibration } from '#shared/evidence/recalibration/recalibrate.ts';
import { firstSelection, type Selection } from '#shared/evidence/selection.ts';
import type { Watch } from '#shared/evidence/watch.ts';
import { isProblem } from '#shared/statistics/validation.ts';
import { useClient } from '../../client/index.ts';
import { EvidenceWorker } from '../../evidence/ask-evidence.ts';
import { type ReadRows, readEvidenceRows } from '../../evidence/read-rows.ts';
import { useAppStore } from '../../stores/app.ts';
import { useJobsStore } from '../../stores/jobs.ts';
import { useNoticesStore } from '../../stores/notices.ts';
import { useRecalibrationsStore } from '../../stores/recalibrations.ts';

interface Watched {
  readonly watch: Watch;
  readonly proposal: Recalibration | NoRecalibration;
}

/** By which a model's predictions were judged: it is of the package, and so of the version. */
const thresholdOf = (rows: readonly EvidenceRow[], model: string): number | undefined =>
  rows.find(({ prediction }) => prediction && modelKey(prediction) === model)?.prediction?.threshold;

export const useEvidence = () => {
  const client = useClient();
  const app = useAppStore();
  const jobs = useJobsStore();
  const notices = useNoticesStore();
  const recalibrations = useRecalibrationsStore();
  const worker = new EvidenceWorker();
  onScopeDispose(() => worker.end());

  const read = shallowRef<ReadRows>();
  const selection = shallowRef<Selection>();
  const threshold = shallowRef(0.5);
  const figures = shallowRef<EvidenceFigures>();
  const comparisons = shallowRef<readonly ComparedWith[]>();
  const watched = shallowRef<Watched>();
  /** Of the model and the criterion that are asked about, for patients as these, newest first. */
  const kept = computed(() => {
    const asked = selection.value;
    return recalibrations.kept.filter(
      ({ model, criterion, simulated }) =>
        simulated === read.value?.simulated &&
        keyOfModel(model) === asked?.model &&
        criterion === criterionNames[asked.criterion],
    );
  });
  const choices = computed<Choices | undefined>(() => read.value && choicesOf(read.value.rows));

  const readRows = () => jobs.run('evidence', (jobId) => readEvidenceRows(client, jobId));

  const compute = async () => {
    const asked = selection.value;
    if (!asked) return;
    comparisons.value = undefined;
    const found = await worker.figures(asked, threshold.value);
    if (!found) return;
    figures.value = found;
    watched.value = await worker.watch(asked, kept.value.find(({ inForce }) => inForce) ?? ORIGINAL);
    recalibrations.tell(watched.value?.watch.alarms ?? [], read.value?.simulated ?? false);
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
      const asked = selection.value;
      if (!asked || !figures.value) return;
      const at = await worker.threshold(asked, value);
      // The worker answers in turn: figures that came meanwhile are of the threshold before, where they are of this selection.
      const before = figures.value;
      if (!at || !before || selection.value !== asked) return;
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

  const modelAsked = () => {
    const asked = selection.value;
    const found = read.value?.rows.find(({ prediction }) => prediction && modelKey(prediction) === asked?.model);
    const made = found?.prediction;
    return asked && made
      ? { criterion: asked.criterion, model: { id: made.modelId, version: made.modelVersion } }
      : undefined;
  };
  /** The figures are read anew where the records say that they changed. */
  const adopt = () =>
    notices.guarded(async () => {
      const of = modelAsked();
      if (of) await recalibrations.adopt(of.model, of.criterion);
    });
  const withdraw = () =>
    notices.guarded(async () => {
      const of = modelAsked();
      if (of) await recalibrations.withdraw(of.model, of.criterion, read.value?.simulated ?? false);
    });

  return {
    watched,
    kept,
    adopt,
    withdraw,
    read,
    selection,
    threshold,
    figures,
    comparisons,
    choices,
    select,
    takeThreshold,
  };
};
