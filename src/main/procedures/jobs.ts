import { setTimeout } from 'node:timers/promises';
import type { EventPayload } from '#shared/api.ts';
import { AppError } from '#shared/errors.ts';
import type { CallOptions } from '../workers/client.ts';
import type { HandlersOf } from './handlers.ts';

/** Work that hangs must not keep the application from ending. */
const defaultPatienceMs = 5_000;

/** Work with progress that the user can cancel, by the id that the caller chose. */
export class Jobs {
  readonly #running = new Map<string, AbortController>();
  readonly #unsettled = new Set<Promise<unknown>>();
  readonly #tell: (progress: EventPayload<'job.progress'>) => void;

  constructor(tell: (progress: EventPayload<'job.progress'>) => void) {
    this.#tell = tell;
  }

  async run<T>(jobId: string, work: (options: Required<CallOptions>) => Promise<T>): Promise<T> {
    if (this.#running.has(jobId)) throw new AppError('job-exists', 'This work is already under way.');
    const controller = new AbortController();
    this.#running.set(jobId, controller);
    const begin = async () =>
      work({
        signal: controller.signal,
        onProgress: (phase, done, total) => this.#tell({ jobId, phase, done, total }),
      });
    const working = begin();
    this.#unsettled.add(working);
    try {
      return await working;
    } catch (error) {
      if (controller.signal.aborted) throw new AppError('cancelled', 'Cancelled.', { cause: error });
      throw error;
    } finally {
      this.#unsettled.delete(working);
      this.#running.delete(jobId);
    }
  }

  cancel(jobId: string): void {
    this.#running.get(jobId)?.abort();
  }

  /** Cancels all work and waits for what it takes back, such as a half-written copy, but no longer than `patienceMs`. */
  async cancelAll(patienceMs = defaultPatienceMs): Promise<void> {
    for (const controller of this.#running.values()) controller.abort();
    if (this.#unsettled.size === 0) return;
    const patience = new AbortController();
    await Promise.race([
      Promise.allSettled(this.#unsettled),
      setTimeout(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined),
    ]);
    patience.abort();
  }
}

export const jobHandlers = (jobs: Jobs): HandlersOf<'job'> => ({
  'job.cancel': ({ jobId }) => {
    jobs.cancel(jobId);
    return { ok: true };
  },
});
