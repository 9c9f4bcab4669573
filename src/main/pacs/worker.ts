/** Entry of the `pacs` worker process. */
import { serveWorker } from '../workers/server.ts';
import { pacsWorkerMethods } from './worker-methods.ts';

serveWorker(pacsWorkerMethods());
