/** Starts slower than a call may be silent. */
import { serveWorker } from '../../../../src/main/workers/server.ts';

Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
serveWorker({ echo: (value: unknown) => value });
