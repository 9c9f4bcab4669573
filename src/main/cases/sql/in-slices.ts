/** Gives way to whatever waits. */
export const breath = (): Promise<void> => new Promise((resume) => setImmediate(resume));

/** Longer than most steps, shorter than what a hand or an eye notices. */
const SLICE_MS = 10;

export interface SliceOptions<Step> {
  /** Throws what it was aborted with. */
  signal?: AbortSignal | undefined;
  onStep?: ((step: Step) => void) | undefined;
}

/** Runs long work in slices of the event loop: what else is to be done waits for one slice at most. */
export const inSlices = async <Step, Result>(
  steps: Generator<Step, Result>,
  { signal, onStep }: SliceOptions<Step> = {},
): Promise<Result> => {
  // The first step is told at once, so that even short work says where it is and can be given up.
  let end = 0;
  for (;;) {
    let step = steps.next();
    while (!step.done && performance.now() < end) step = steps.next();
    if (step.done) return step.value;
    onStep?.(step.value);
    await breath();
    signal?.throwIfAborted();
    end = performance.now() + SLICE_MS;
  }
};

/** Steps of one of several works that follow each other, as steps of the whole. */
export const partOf = (
  { signal, onStep }: SliceOptions<{ done: number; total: number }>,
  part: number,
  parts: number,
): SliceOptions<{ done: number; total: number }> => ({
  signal,
  onStep: onStep && (({ done, total }) => onStep({ done: part * total + done, total: parts * total })),
});
