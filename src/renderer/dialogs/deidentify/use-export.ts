import { computed, shallowRef } from 'vue';
import type { ProcedureInput } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { ExportResult } from '#shared/study/deidentify.ts';
import { useClient, useHost } from '../../client/index.ts';
import type { ExportDestination } from '../../client/port.ts';
import { translateError } from '../../locales/errors.ts';
import { useSaid } from '../../locales/said.ts';
import { useJobsStore } from '../../stores/jobs.ts';

export type ExportStage = 'choosing' | 'confirming' | 'writing' | 'done';
type ExportChoice = Omit<ProcedureInput<'study.exportDeidentified'>, 'destination' | 'jobId'>;

/** The way of a copy: chosen, agreed to, written, handed over. */
export const useExport = () => {
  const client = useClient();
  const host = useHost();
  const jobs = useJobsStore();
  const stage = shallowRef<ExportStage>('choosing');
  const destination = shallowRef<ExportDestination>();
  const result = shallowRef<ExportResult>();
  const failure = useSaid();
  const wasCancelled = shallowRef(false);
  const jobId = shallowRef('');
  const job = computed(() => jobs.jobs.find(({ id }) => id === jobId.value));

  const choose = async () => {
    destination.value = (await host.chooseDestination()) ?? destination.value;
  };

  const write = async (choice: ExportChoice) => {
    failure.value = '';
    wasCancelled.value = false;
    try {
      if (host.exportsTo === 'download') await choose();
      const to = destination.value;
      if (!to) return;
      stage.value = 'writing';
      result.value = await jobs.run('deidentify', (id) => {
        jobId.value = id;
        return client.call('study.exportDeidentified', { ...choice, destination: to.destination, jobId: id });
      });
      if (result.value.written > 0) to.deliver?.();
      stage.value = 'done';
    } catch (error) {
      stage.value = 'choosing';
      // A choice of a folder is good for one attempt.
      destination.value = undefined;
      wasCancelled.value = error instanceof AppError && error.code === 'cancelled';
      if (!wasCancelled.value) failure.value = () => translateError(error);
    }
  };

  const cancel = () => jobs.cancel(jobId.value);
  const again = () => {
    stage.value = 'choosing';
    destination.value = undefined;
    result.value = undefined;
  };
  return { stage, destination, result, failure, wasCancelled, job, choose, write, cancel, again };
};
