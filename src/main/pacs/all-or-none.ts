import pLimit from 'p-limit';

/**
 * Does all of it, `atOnce` at a time. The first failure ends the others and is thrown when they have ended: what a lying archive
 * sends is not waited for, and nothing goes on behind the back of whoever was told.
 */
export const allOrNone = async <T>(
  work: readonly ((signal: AbortSignal) => Promise<T>)[],
  { atOnce, signal }: { atOnce: number; signal: AbortSignal },
): Promise<T[]> => {
  const limit = pLimit(atOnce);
  const failed = new AbortController();
  const ends = AbortSignal.any([signal, failed.signal]);
  const begun = work.map((one) =>
    limit(() => {
      ends.throwIfAborted();
      return one(ends);
    }),
  );
  try {
    return await Promise.all(begun);
  } finally {
    failed.abort();
    await Promise.allSettled(begun);
  }
};
