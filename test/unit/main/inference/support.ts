import { resolve } from 'node:path';
import { type ModelPackage, readModelPackage } from '../../../../src/main/inference/model-package.ts';
import { WorkerClient } from '../../../../src/main/workers/client.ts';
import { forkWorkers } from '../../../../src/main/workers/fork.ts';

export const repositoryRoot = resolve(import.meta.dirname, '../../../..');
export const fixtureModels = resolve(repositoryRoot, 'test/fixtures/models');

export const tinyModel = (): Promise<ModelPackage> => readModelPackage(resolve(fixtureModels, 'tiny'));
/** `tiny` with a loop that never ends. */
export const endlessModel = (): Promise<ModelPackage> =>
  readModelPackage(resolve(repositoryRoot, 'test/fixtures/broken-models/endless'));
export const sixChannelModel = (): Promise<ModelPackage> => readModelPackage(resolve(fixtureModels, 'six-channel'));

/** The real inference process, forked as every host but Electron does. */
export const realWorker = (): { client: WorkerClient; restarts: string[] } => {
  const restarts: string[] = [];
  const entries = { dicom: '', inference: resolve(repositoryRoot, 'src/main/inference/worker.ts') };
  const client = new WorkerClient('inference', forkWorkers(entries), (_, message) => restarts.push(message));
  return { client, restarts };
};
