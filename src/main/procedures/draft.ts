import { canonicalJson } from '#shared/canonical-json.ts';
import type { CaseDraft } from '#shared/cases/case.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { OpenedStudies } from '#shared/study/study.ts';
import type { StudySource } from '../study/records.ts';
import type { HandlersOf } from './handlers.ts';

/** What a prediction is made from; another value of any of them needs another prediction. */
export type PredictionInputs = Pick<CaseDraft, 'studyInstanceUID' | 'roles' | 'lesions' | 'factors'>;

/** Equal inputs have equal text. Who confirmed a role, and when, does not change what the model sees. */
export const inputsText = ({ studyInstanceUID, roles, lesions, factors }: PredictionInputs): string =>
  canonicalJson({
    studyInstanceUID,
    roles: roles.map(({ role, seriesId }) => `${role} ${seriesId}`).sort(),
    lesions,
    factors,
  });

/**
 * What this session predicted but has not saved, and the work in its window. In memory only: it holds a patient's data,
 * and the records are the only store. It survives a crashed window, not the application.
 */
export class Session {
  readonly #predictions = new Map<string, { prediction: Prediction; inputs: string }>();
  draft: CaseDraft | null = null;
  readonly #handedOver = new Map<string, StudySource>();

  /** What a browser handed over is nowhere but here: it is known as long as this session runs. */
  keepSource(caseId: string, source: StudySource): void {
    if (source.kind === 'upload') this.#handedOver.set(caseId, source);
    else this.#handedOver.delete(caseId);
  }

  /** Where the images are of a case that was saved in this session from files that a browser handed over. */
  source(caseId: string): StudySource | undefined {
    return this.#handedOver.get(caseId);
  }

  keepPrediction(prediction: Prediction, inputs: PredictionInputs): void {
    this.#predictions.set(prediction.id, { prediction, inputs: inputsText(inputs) });
  }

  /** A prediction of this session, whatever it was made from. */
  made(id: string): Prediction | undefined {
    return this.#predictions.get(id)?.prediction;
  }

  /** A prediction of this session, and whether it was made from exactly these inputs. */
  prediction(id: string, inputs: PredictionInputs): { prediction: Prediction; fits: boolean } | undefined {
    const found = this.#predictions.get(id);
    return found && { prediction: found.prediction, fits: found.inputs === inputsText(inputs) };
  }
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
      opened: (draft?.openId !== undefined && studies.opened(draft.openId)) || null,
      prediction: (draft?.predictionId && session.prediction(draft.predictionId, draft)?.prediction) || null,
    };
  },
});
