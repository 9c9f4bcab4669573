/** The inference process: ONNX Runtime and nothing else. Its native failures end it, not the application. */
import ort from 'onnxruntime-node';
import { serveWorker } from '../workers/server.ts';
import type { LoadRequest, RunRequest } from './model-io.ts';
import { Sessions } from './sessions.ts';

const sessions = new Sessions();

serveWorker({
  load: (request: LoadRequest) => sessions.load(request),
  run: (request: RunRequest) => sessions.run(request),
  unload: ({ key }: { key: string }) => sessions.unload(key),
  providers: () => ort.listSupportedBackends().map(({ name, bundled }) => ({ name, bundled })),
});
