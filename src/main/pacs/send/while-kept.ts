import type { CallOptions } from '../../workers/client.ts';

/**
 * Sends piece by piece while its case is kept: `assertKept` is asked after each, and where it throws, nothing
 * more leaves and `run` fails with what it threw. `done`: how many were answered for.
 */
export const whileKept = ({ signal, onProgress }: Required<CallOptions>, assertKept: () => void) => {
  let answered = 0;
  const gone = new AbortController();
  const look = () => {
    try {
      assertKept();
    } catch (error) {
      gone.abort(error);
    }
  };
  return {
    done: () => answered,
    async run<T>(send: (options: Required<CallOptions>) => Promise<T>): Promise<T> {
      try {
        return await send({
          signal: AbortSignal.any([signal, gone.signal]),
          onProgress: (phase, done, total) => {
            answered = done;
            look();
            onProgress(phase, done, total);
          },
        });
      } catch (error) {
        gone.signal.throwIfAborted();
        throw error;
      }
    },
  };
};
