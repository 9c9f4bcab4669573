import type { CaseDraft } from '#shared/cases/case.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { OpenedStudies } from '#shared/study/study.ts';
import type { HandlersOf } from './handlers.ts';

/**
 * What this session predicted but has not saved, and the work in its window. In memory only: it holds a patient's data,
 * and the records are the only store. It survives a crashed window, not the application.
 */
export class Session {
  readonly predictions = new Map<string, Prediction>();
  draft: CaseDraft | null = null;
}

export const draftHandlers = (
  session: Session,
  studies: { opened(openId: string): OpenedStudies | undefined },
): HandlersOf<'draft'> => ({
  'draft.keep': ({ draft }) => {
    session.draft = draft;
    return { ok: true };
  },
  'draft.get': () => {
    const { draft } = session;
    return {
      draft,
      opened: (draft && studies.opened(draft.openId)) ?? null,
      prediction: (draft?.predictionId && session.predictions.get(draft.predictionId)) || null,
    };
  },
});
