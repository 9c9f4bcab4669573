import { AppError } from '#shared/errors.ts';

export const cancelled = (): AppError => new AppError('cancelled', 'Cancelled.');

/** Waits for work that others wait for too: an abort ends the wait with `cancelled`, and the work goes on. */
export const abortable = <T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled());
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
};
