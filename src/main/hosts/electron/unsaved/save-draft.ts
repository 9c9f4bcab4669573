import type { Application, ProcedureOutput } from '#shared/api.ts';
import { toErrorShape } from '#shared/errors.ts';
import { logLine } from '../log.ts';

/** What became of the work: `in-trash` is saved too, but in a case that the list does not show. */
export type SaveOutcome = 'saved' | 'in-trash' | 'not-saved';

const worse = (a: SaveOutcome, b: SaveOutcome): SaveOutcome => {
  const order: SaveOutcome[] = ['not-saved', 'in-trash', 'saved'];
  return order.indexOf(a) < order.indexOf(b) ? a : b;
};

/** The host is no window: what every window has unsaved is another's. */
const NO_WINDOW = { window: 'host' };

/**
 * Saves the work that the windows last told of. Not saved where that needs the user: a key is missing, a question is open,
 * somebody else has saved since.
 */
export const saveDraft = async (application: Pick<Application, 'call'>): Promise<SaveOutcome> => {
  try {
    const { others } = (await application.call('draft.others', NO_WINDOW)) as ProcedureOutput<'draft.others'>;
    if (others.length === 0) return 'not-saved';
    let outcome: SaveOutcome = 'saved';
    for (const { window } of others) {
      const { draft } = (await application.call('draft.get', { window })) as ProcedureOutput<'draft.get'>;
      const { trashedAt } = (await application.call('cases.save', draft)) as ProcedureOutput<'cases.save'>;
      outcome = worse(outcome, trashedAt === null ? 'saved' : 'in-trash');
    }
    return outcome;
  } catch (error) {
    logLine('save-on-close', toErrorShape(error).code);
    return 'not-saved';
  }
};
