import { abortable, cancelled } from './abortable.ts';
import type { CallOptions } from './client.ts';

type Shared = Required<CallOptions>;

/** By `what` it is the same work, and so of the same kind; at one `place` there is one work at a time. */
export interface Same {
  place: string;
  what: string;
}

interface Running {
  what: string;
  result: Promise<unknown>;
  controller: AbortController;
  listeners: Set<Shared['onProgress']>;
  latest?: Parameters<Shared['onProgress']>;
}

/**
 * Work that several ask for at once is done once: each of them is told how far it is and what came of it, and it goes on until
 * the last of them has cancelled. Different work at the same place comes one after the other.
 */
export class SharedWork {
  readonly #running = new Map<string, Running>();

  /** Rejects with what the work failed with, or with `cancelled` once the caller's signal aborts. */
  async do<T>(same: Same, options: CallOptions, work: (options: Shared) => Promise<T>): Promise<T> {
    const { signal } = options;
    for (;;) {
      if (signal?.aborted) throw cancelled();
      const running = this.#running.get(same.place) ?? this.#begin(same, work);
      if (running.what === same.what && !running.controller.signal.aborted)
        return (await this.#join(running, options)) as T;
      await abortable(Promise.allSettled([running.result]), signal);
    }
  }

  /**
   * Begins work that somebody will ask for, where nothing is under way at its place. Who asks then shares it as if they had
   * begun it; until then nobody's cancelling ends it, and nobody hears what it failed with.
   */
  ahead(same: Same, work: (options: Shared) => Promise<unknown>): void {
    if (!this.#running.has(same.place)) this.#begin(same, work);
  }

  /** When nothing is under way any more. */
  async idle(signal?: AbortSignal): Promise<void> {
    while (this.#running.size > 0)
      await abortable(Promise.allSettled([...this.#running.values()].map(({ result }) => result)), signal);
  }

  #begin({ place, what }: Same, work: (options: Shared) => Promise<unknown>): Running {
    const controller = new AbortController();
    const listeners: Running['listeners'] = new Set();
    const running: Running = { what, controller, listeners, result: Promise.resolve() };
    running.result = work({
      signal: controller.signal,
      onProgress: (...progress) => {
        running.latest = progress;
        for (const listener of listeners) listener(...progress);
      },
    }).finally(() => this.#running.delete(place));
    // Each that joined hears of its failure; where all have gone nobody does.
    running.result.catch(() => undefined);
    this.#running.set(place, running);
    return running;
  }

  async #join(running: Running, { signal, onProgress }: CallOptions): Promise<unknown> {
    // A listener of its own, since two may give the same function.
    const listener: Shared['onProgress'] = (...progress) => onProgress?.(...progress);
    running.listeners.add(listener);
    if (running.latest) listener(...running.latest);
    const leave = new AbortController();
    const left = aborted(signal, leave.signal).then(async () => {
      running.listeners.delete(listener);
      if (running.listeners.size === 0) {
        running.controller.abort();
        await running.result;
      }
      throw cancelled();
    });
    try {
      return await Promise.race([running.result, left]);
    } finally {
      leave.abort();
      running.listeners.delete(listener);
    }
  }
}

/** When `signal` aborts; never where there is none, or where `until` ends it before. */
const aborted = (signal: AbortSignal | undefined, until: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) resolve();
    signal?.addEventListener('abort', () => resolve(), { once: true, signal: until });
  });
