import { defineStore } from 'pinia';
import { computed, shallowRef } from 'vue';
import { useClient, useHost } from '../client/index.ts';
import type { PickedStudy } from '../client/port.ts';

/** Work the user waits for. Shown once it has taken half a second; goes on when they leave the page. */
export interface Job {
  id: string;
  /** Key below `jobs` in the messages, e.g. `open`. */
  label: string;
  phase: string;
  done: number;
  total: number;
  startedAt: number;
}

export const useJobsStore = defineStore('jobs', () => {
  const client = useClient();
  const host = useHost();
  const jobs = shallowRef<Job[]>([]);
  const controllers = new Map<string, AbortController>();

  const update = (id: string, change: Partial<Job>) => {
    jobs.value = jobs.value.map((job) => (job.id === id ? { ...job, ...change } : job));
    const current = jobs.value[0];
    host.setProgress(current && current.total > 0 ? current.done / current.total : undefined);
  };

  client.on('job.progress', ({ jobId, phase, done, total }) => update(jobId, { phase, done, total }));

  /**
   * Runs `work` under a fresh job id, which it hands to the procedure that reports the progress. Work in the page itself
   * reports through `report` and stops when `signal` aborts.
   */
  const run = async <T>(
    label: string,
    work: (jobId: string, report: (done: number, total: number) => void, signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    const id = crypto.randomUUID();
    const controller = new AbortController();
    controllers.set(id, controller);
    jobs.value = [...jobs.value, { id, label, phase: '', done: 0, total: 0, startedAt: Date.now() }];
    try {
      return await work(id, (done, total) => update(id, { done, total }), controller.signal);
    } finally {
      controllers.delete(id);
      jobs.value = jobs.value.filter((job) => job.id !== id);
      if (jobs.value.length === 0) host.setProgress(undefined);
    }
  };

  const cancel = async (id: string) => {
    controllers.get(id)?.abort();
    await client.call('job.cancel', { jobId: id });
  };

  /** A path of the contract; hands the files over first where the host has no path of its own. */
  const pathOf = async (picked: PickedStudy): Promise<string> =>
    'path' in picked ? picked.path : run('upload', (_jobId, report, signal) => picked.upload(report, signal));

  return { jobs, busy: computed(() => jobs.value.length > 0), run, cancel, pathOf };
});
