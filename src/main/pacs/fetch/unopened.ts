/** What was fetched and nobody opens is let go of after a time: a window that moved on, or was closed, comes for it no more. */

/** Longer than anybody looks at what came before they open it, or waits before they try a broken fetch again. */
const UNOPENED_MS = 15 * 60_000;

export interface UnopenedOptions {
  /** Removes it, unless somebody needs it by now. */
  letGo: (id: string) => Promise<void>;
  /** Does it stay for as long as haicast runs, opened or not? As the hospital sets it. */
  stays: () => boolean;
  afterMs?: number;
}

export class Unopened {
  readonly #options: UnopenedOptions;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(options: UnopenedOptions) {
    this.#options = options;
  }

  /** Somebody is at it: fetches it, whole or a part, or opens it. */
  stop(id: string): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** From now on somebody may open it; once more where it is asked again. */
  wait(id: string): void {
    this.stop(id);
    const { letGo, stays, afterMs = UNOPENED_MS } = this.#options;
    const over = () => {
      this.#timers.delete(id);
      // What cannot be removed is removed when haicast ends, or starts again.
      if (!stays()) void letGo(id).catch(() => undefined);
    };
    this.#timers.set(id, setTimeout(over, afterMs).unref());
  }

  close(): void {
    for (const id of [...this.#timers.keys()]) this.stop(id);
  }
}
