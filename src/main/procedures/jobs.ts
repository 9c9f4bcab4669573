import type { EventPayload } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { CallOptions } from '../workers/client.ts';
import type { HandlersOf } from './handlers.ts';

/** Work with progress that the user can cancel, by the id that the caller chose. */
export class Jobs {
  readonly #running = new Map<string, { controller: AbortController; ended: Promise<unknown> }>();
  readonly #tell: (progress: EventPayload<'job.progress'>) => void;

  constructor(tell: (progress: EventPayload<'job.progress'>) => void) {
    this.#tell = tell;
  }

  async run<T>(jobId: string, work: (options: Required<CallOptions>) => Promise<T>): Promise<T> {
    if (this.#running.has(jobId)) throw new AppError('job-exists', 'This work is already under way.');
    const controller = new AbortController();
    const result = work({
      signal: controller.signal,
      onProgress: (phase, done, total) => this.#tell({ jobId, phase, done, total }),
    });
    this.#running.set(jobId, { controller, ended: result.catch(() => undefined) });
    try {
      return await result;
    } catch (error) {
      if (controller.signal.aborted) throw new AppError('cancelled', 'Cancelled.', { cause: error });
      throw error;
    } finally {
      this.#running.delete(jobId);
    }
  }

  cancel(jobId: string): void {
    this.#running.get(jobId)?.controller.abort();
  }

  /** Returns once everything has ended that was under way, and after `limitMs` at the latest. */
  async cancelAll(limitMs: number): Promise<void> {
    const running = [...this.#running.values()];
    for (const { controller } of running) controller.abort();
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([Promise.all(running.map(({ ended }) => ended)), limit]);
    clearTimeout(timer);
  }
}

export const jobHandlers = (jobs: Jobs): HandlersOf<'job'> => ({
  'job.cancel': ({ jobId }) => {
    jobs.cancel(jobId);
    return { ok: true };
  },
});
