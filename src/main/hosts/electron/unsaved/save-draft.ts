import type { Application, ProcedureOutput } from '#shared/api.ts';
import { toErrorShape } from '#shared/errors.ts';
import { logLine } from '../log.ts';

/** Saves the work that the page last told of. False where it cannot be saved without the user (a key is missing). */
export const saveDraft = async (application: Pick<Application, 'call'>): Promise<boolean> => {
  try {
    const { draft } = (await application.call('draft.get', {})) as ProcedureOutput<'draft.get'>;
    if (draft) await application.call('cases.save', draft);
    return true;
  } catch (error) {
    logLine('save-on-close', toErrorShape(error).code);
    return false;
  }
};
