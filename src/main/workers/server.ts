import { AppError, toErrorShape } from '#shared/errors.ts';
import type { FromWorker, ToWorker } from './connection.ts';

export interface MethodContext {
  signal: AbortSignal;
  progress: (phase: string, done: number, total: number) => void;
}
export type WorkerMethods = Record<string, (params: never, context: MethodContext) => unknown>;

interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** Electron's utility processes have `process.parentPort`; forked Node processes have `process.send`. */
const channel = (): {
  send: (message: FromWorker) => void;
  listen: (listener: (message: ToWorker) => void) => void;
} => {
  const port = (process as { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      listen: (listener) => port.on('message', (event) => listener(event.data as ToWorker)),
    };
  }
  return {
    // A parent that is gone gets nothing, and `disconnect` ends this process: without a listener the failure would be thrown.
    send: (message) => process.send?.(message, undefined, undefined, () => {}),
    listen: (listener) => {
      process.on('message', (message) => listener(message as ToWorker));
      // The parent is gone: nobody waits for an answer.
      process.on('disconnect', () => process.exit(0));
      // Ctrl+C reaches the whole group of processes; what it means, the parent says.
      process.on('SIGINT', () => {});
    },
  };
};

/** Serves the methods to the parent process until it goes away. */
export const serveWorker = (methods: WorkerMethods): void => {
  const { send, listen } = channel();
  const running = new Map<number, AbortController>();
  listen((message) => {
    if (message.type === 'cancel') {
      running.get(message.id)?.abort();
      return;
    }
    const { id, method, params } = message;
    const controller = new AbortController();
    running.set(id, controller);
    const context: MethodContext = {
      signal: controller.signal,
      progress: (phase, done, total) => send({ type: 'progress', id, phase, done, total }),
    };
    Promise.resolve()
      .then(() => {
        const implementation = methods[method];
        if (!implementation) throw new AppError('internal', `The worker has no method ${method}.`);
        return implementation(params as never, context);
      })
      .then(
        (value) => send({ type: 'result', id, value }),
        (error: unknown) => send({ type: 'error', id, error: toErrorShape(error) }),
      )
      .finally(() => running.delete(id));
  });
  send({ type: 'ready' });
};
