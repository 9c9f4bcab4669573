import { installModel, removeModel } from '../inference/install-model.ts';
import type { ModelLibrary } from '../inference/model-library.ts';
import type { StudySource } from '../study/records.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface ModelHandlerOptions {
  models: ModelLibrary;
  jobs: Jobs;
  /** A host may give paths of its own a meaning, e.g. what a browser handed over. */
  resolveSource: (path: string) => StudySource;
  keepDefault: (id: string) => void;
}

export const modelHandlers = ({
  models,
  jobs,
  resolveSource,
  keepDefault,
}: ModelHandlerOptions): HandlersOf<'models'> => ({
  'models.list': () => models.list(),
  'models.card': async ({ id }) => ({ markdown: await models.card(id) }),
  'models.install': ({ path, jobId }) =>
    jobs.run(jobId, async () => ({ id: (await installModel(resolveSource(path).path, models)).id })),
  'models.remove': async ({ id }) => {
    await removeModel(id, models);
    return await models.list();
  },
  'models.setDefault': async ({ id }) => {
    await models.get(id);
    keepDefault(id);
    return await models.list();
  },
  'models.refresh': () => {
    models.refresh();
    return models.list();
  },
  'models.provider': ({ id }) => models.provider(id),
  'models.selfTest': ({ id }) => models.selfTest(id),
});
