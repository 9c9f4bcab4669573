import { AppError } from '#shared/errors.ts';

/**
 * Asks once more where the process that was at work died, unless nobody wants it any more (`signal`). The host starts another and
 * opens the study again; the death is told by its own event. A second death in a row is the asker's to tell.
 */
export const askedAgain = async <T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> => {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'worker-died' || signal.aborted) throw error;
    return await ask();
  }
};
