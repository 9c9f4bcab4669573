/** Entry of the `dicom` worker process. */
import { serveWorker } from '../workers/server.ts';
import { dicomWorkerMethods } from './worker-methods.ts';

serveWorker(dicomWorkerMethods());
