import type { Application, ProcedureOutput } from '#shared/api.ts';
import { toErrorShape } from '#shared/errors.ts';
import { logLine } from '../log.ts';

/** What became of the work: `in-trash` is saved too, but in a case that the list does not show. */
export type SaveOutcome = 'saved' | 'in-trash' | 'not-saved';

/** Saves the work that the page last told of. Not saved where that needs the user: a key is missing, a question is open. */
export const saveDraft = async (application: Pick<Application, 'call'>): Promise<SaveOutcome> => {
  try {
    const { draft } = (await application.call('draft.get', {})) as ProcedureOutput<'draft.get'>;
    if (!draft) return 'not-saved';
    const { trashedAt } = (await application.call('cases.save', draft)) as ProcedureOutput<'cases.save'>;
    return trashedAt === null ? 'saved' : 'in-trash';
  } catch (error) {
    logLine('save-on-close', toErrorShape(error).code);
    return 'not-saved';
  }
};
