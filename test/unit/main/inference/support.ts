import { resolve } from 'node:path';
import { type ModelPackage, readModelPackage } from '../../../../src/main/inference/model-package.ts';
import { inferenceAccess } from '../../../../src/main/inference/vulkan.ts';
import { DicomStudyService } from '../../../../src/main/study/dicom-study-service.ts';
import { WorkerClient } from '../../../../src/main/workers/client.ts';
import { forkedWorkers } from '../test-application.ts';

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
  const onRestart = (_: string, message: string) => restarts.push(message);
  return { client: new WorkerClient('inference', forkedWorkers, onRestart, inferenceAccess()), restarts };
};

/** Real processes for studies and for inference; `close` ends them. */
export const realServices = () => {
  const studies = new DicomStudyService((access) => new WorkerClient('dicom', forkedWorkers, () => undefined, access));
  const { client: inference } = realWorker();
  const close = () => {
    studies.closeAll();
    inference.close();
  };
  return { studies, inference, close };
};
