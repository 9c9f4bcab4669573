import type { CallOptions } from './client.ts';

type Options = Required<CallOptions>;

interface Running {
  what: string;
  result: Promise<unknown>;
  controller: AbortController;
  listeners: Set<Options['onProgress']>;
  latest?: Parameters<Options['onProgress']>;
}

/**
 * Work that several windows ask for at once is done once: each of them is told how far it is and what came of it, and it goes on until
 * the last of them has cancelled. Different work at the same place comes one after the other.
 */
export class SharedWork {
  readonly #running = new Map<string, Running>();

  async do<T>(
    { place, what }: { place: string; what: string },
    options: Options,
    work: (options: Options) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      options.signal.throwIfAborted();
      const running = this.#running.get(place) ?? this.#begin(place, what, work);
      // By `what` it is the same work, and so of the same kind.
      if (running.what === what && !running.controller.signal.aborted) return (await this.#join(running, options)) as T;
      await Promise.race([running.result.catch(() => undefined), aborted(options.signal)]);
    }
  }

  #begin(place: string, what: string, work: (options: Options) => Promise<unknown>): Running {
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

  async #join(running: Running, { signal, onProgress }: Options): Promise<unknown> {
    // A listener of its own, since two may give the same function.
    const listener: Options['onProgress'] = (...progress) => onProgress(...progress);
    running.listeners.add(listener);
    if (running.latest) listener(...running.latest);
    const leave = new AbortController();
    const left = aborted(signal, leave.signal).then(async () => {
      running.listeners.delete(listener);
      if (running.listeners.size === 0) {
        running.controller.abort(signal.reason);
        await running.result;
      }
      throw signal.reason;
    });
    try {
      return await Promise.race([running.result, left]);
    } finally {
      leave.abort();
      running.listeners.delete(listener);
    }
  }
}

/** When `signal` aborts; never where `until` ends it before. */
const aborted = (signal: AbortSignal, until?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true, ...(until ? { signal: until } : {}) });
  });
