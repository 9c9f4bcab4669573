import { setTimeout as pause } from 'node:timers/promises';
import { mayPass } from './errors.ts';
import type { PacsLimits } from './limits.ts';

/** Does it again, after a pause, where what failed may pass. */
export const retried = async <T>(
  work: () => Promise<T>,
  { limits: { tries, pauseMs }, signal }: { limits: PacsLimits; signal: AbortSignal },
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= tries || signal.aborted || !mayPass(error)) throw error;
      await pause(pauseMs * 2 ** (attempt - 1), undefined, { signal });
    }
  }
};
