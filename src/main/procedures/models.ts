import type { ModelLibrary } from '../inference/model-library.ts';
import type { HandlersOf } from './handlers.ts';

export const modelHandlers = (models: ModelLibrary): HandlersOf<'models'> => ({
  'models.list': () => models.list(),
  'models.card': async ({ id }) => ({ markdown: await models.card(id) }),
  'models.selfTest': ({ id }) => models.selfTest(id),
});
