import type { StudyService } from '../study/service.ts';
import type { WorkerClient } from '../workers/client.ts';
import { type ModelFolders, ModelLibrary } from './model-library.ts';
import { ModelRunner } from './model-runner.ts';
import { PredictionService } from './prediction-service.ts';
import { providerOrder } from './providers.ts';

export interface InferenceOptions {
  /** `new WorkerClient('inference', …)`. */
  worker: Pick<WorkerClient, 'call'>;
  folders: ModelFolders;
  studies: Pick<StudyService, 'study' | 'volume'>;
  appVersion: string;
  /** `HAICAST_PROVIDERS`: exactly these execution providers, e.g. `cpu`. */
  providers?: string | undefined;
}

/** The models at hand and the predictions they make, over one inference process. */
export const createInference = (
  options: InferenceOptions,
): { models: ModelLibrary; predictions: PredictionService } => {
  const { worker, folders, studies, appVersion, providers } = options;
  const runner = new ModelRunner(worker, providerOrder(process.platform, providers));
  const models = new ModelLibrary(folders, (model) => runner.assertFits(model));
  return { models, predictions: new PredictionService({ studies, models, runner, appVersion }) };
};
