import { defineStore } from 'pinia';
import { computed, shallowRef, watch } from 'vue';
import type { Criterion } from '#shared/clinical/response/timeline.ts';
import type { KeptRecalibration, OfModel } from '#shared/evidence/recalibration/kept.ts';
import { recalibratedResult } from '#shared/evidence/recalibration/recalibrated-result.ts';
import type { Alarm } from '#shared/evidence/watch.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { useClient } from '../client/index.ts';
import { useAppStore } from './app.ts';
import { useJobsStore } from './jobs.ts';

/** What this hospital's own outcomes made of its models: recalibrations in force, and what the watch found last. */
export const useRecalibrationsStore = defineStore('recalibrations', () => {
  const client = useClient();
  const app = useAppStore();
  const jobs = useJobsStore();
  const kept = shallowRef<readonly KeptRecalibration[]>([]);
  const alarms = shallowRef<readonly Alarm[]>([]);
  /** The alarms are about made-up patients. */
  const alarmsSimulated = shallowRef(false);
  /** Nothing was found yet, or that there is nothing to find. */
  const isUntold = shallowRef(true);

  const refresh = async () => {
    if (app.records.state !== 'open') {
      kept.value = [];
      alarms.value = [];
      isUntold.value = true;
      return;
    }
    kept.value = (await client.call('evidence.recalibrations', {}).catch(() => ({ kept: [] }))).kept;
  };
  watch(() => app.records, refresh, { immediate: true });

  /** `simulated`: of a made-up patient. */
  const ofPrediction = (prediction: Prediction, simulated: boolean) =>
    recalibratedResult(prediction, kept.value, simulated);

  const adopt = async (model: OfModel['model'], criterion: Criterion) => {
    const answer = await jobs.run('evidence', (jobId) =>
      client.call('evidence.recalibrate', { model, criterion, jobId }),
    );
    kept.value = answer.kept;
  };
  const withdraw = async (model: OfModel['model'], criterion: Criterion, simulated: boolean) => {
    kept.value = (await client.call('evidence.withdraw', { model, criterion, simulated })).kept;
  };
  const tell = (found: readonly Alarm[], simulated: boolean) => {
    alarms.value = found;
    alarmsSimulated.value = simulated;
    isUntold.value = false;
  };

  return {
    kept: computed(() => kept.value),
    alarms: computed(() => alarms.value),
    alarmsSimulated: computed(() => alarmsSimulated.value),
    isUntold: computed(() => isUntold.value),
    refresh,
    ofPrediction,
    adopt,
    withdraw,
    tell,
  };
});
