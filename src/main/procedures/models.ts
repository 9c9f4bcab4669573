import type { ModelManifest } from '#shared/model/manifest.ts';
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
  /** Keeps a change of models in the audit log. */
  note: (action: string, detail: Record<string, unknown>) => void;
}

const identityOf = ({ manifest: { id, version } }: { manifest: ModelManifest }) => ({ model: { id, version } });

export const modelHandlers = ({
  models,
  jobs,
  resolveSource,
  keepDefault,
  note,
}: ModelHandlerOptions): HandlersOf<'models'> => ({
  'models.list': () => models.list(),
  'models.card': async ({ id }) => ({ markdown: await models.card(id) }),
  'models.install': ({ path, jobId }) =>
    jobs.run(jobId, async () => {
      const manifest = await installModel(resolveSource(path).path, models);
      note('model.installed', identityOf({ manifest }));
      return { id: manifest.id };
    }),
  'models.remove': async ({ id }) => {
    const removed = await models.get(id);
    await removeModel(id, models);
    note('model.removed', identityOf(removed));
    return await models.list();
  },
  'models.setDefault': async ({ id }) => {
    const chosen = await models.get(id);
    keepDefault(id);
    note('model.default', identityOf(chosen));
    return await models.list();
  },
  'models.refresh': () => {
    models.refresh();
    return models.list();
  },
  'models.provider': ({ id }) => models.provider(id),
  'models.selfTest': ({ id }) => models.selfTest(id),
});
