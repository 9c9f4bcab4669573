/** Long work in short turns: whoever scrolls or types meanwhile is heard in between. */

/** ms; a task of the page over 50 is one that a person notices. */
const TURN_MS = 8;

export interface InTurnsOptions {
  signal: AbortSignal;
  /** 0–1. */
  onProgress(share: number): void;
  now?: () => number;
  /** Lets everybody else have a turn. */
  pause?: () => Promise<void>;
}

const nextTask = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** Runs the steps to their result, as many in a turn as have time. Rejects with the signal's reason. */
export const inTurns = async <T>(steps: Generator<number, T>, options: InTurnsOptions): Promise<T> => {
  const { signal, onProgress, now = () => performance.now(), pause = nextTask } = options;
  for (;;) {
    signal.throwIfAborted();
    const until = now() + TURN_MS;
    let step = steps.next();
    while (!step.done && now() < until) step = steps.next();
    if (step.done) return step.value;
    onProgress(step.value);
    await pause();
  }
};
