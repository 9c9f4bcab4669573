/** The inference process: ONNX Runtime and nothing else. Its native failures end it, not the application. */
import { setImmediate as turn } from 'node:timers/promises';
import ort from 'onnxruntime-node';
import pLimit from 'p-limit';
import { type MethodContext, serveWorker } from '../workers/server.ts';
import type { LoadRequest, RunRequest } from './model-io.ts';
import { Sessions } from './sessions.ts';

const sessions = new Sessions();

/** ONNX Runtime holds this process's thread while it works: one call at a time, and no session released under another. */
const inTurn = pLimit(1);

/** Says that it begins, so that the application knows which call holds the process where it then falls silent. */
const announced =
  <P, R>(work: (params: P) => Promise<R>) =>
  (params: P, { signal, progress }: MethodContext): Promise<R> =>
    inTurn(async () => {
      // A cancel that came while an earlier call held the thread is heard only now.
      await turn();
      signal.throwIfAborted();
      progress('predict', 0, 1);
      return await work(params);
    });

serveWorker({
  load: announced((request: LoadRequest) => sessions.load(request)),
  run: announced((request: RunRequest) => sessions.run(request)),
  unload: announced(({ key }: { key: string }) => sessions.unload(key)),
  providers: () => ort.listSupportedBackends().map(({ name, bundled }) => ({ name, bundled })),
});
