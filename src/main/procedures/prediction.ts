import { AppError } from '#shared/errors.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import type { Actor } from '../cases/audit/actor.ts';
import type { Vault } from '../cases/vault.ts';
import type { PredictionService } from '../inference/prediction-service.ts';
import type { Session } from './draft.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';

export interface PredictionHandlerOptions {
  predictions: PredictionService;
  vault: Vault;
  session: Session;
  jobs: Jobs;
  actor: () => Actor;
}

export const predictionHandlers = (options: PredictionHandlerOptions): HandlersOf<'prediction'> => {
  const { predictions, vault, session, jobs, actor } = options;

  /** Of this session, or the kept case's own. */
  const known = (predictionId: string, caseId: string | undefined): Prediction => {
    const kept = caseId === undefined ? [] : vault.store().get(caseId).predictions;
    const found = session.made(predictionId) ?? kept.find(({ id }) => id === predictionId);
    if (found) return found;
    throw new AppError('prediction-unknown', 'This prediction is no longer at hand. Predict again.');
  };

  return {
    'prediction.run': ({ jobId, ...request }) =>
      jobs.run(jobId, async (callOptions) => {
        const prediction = await predictions.predict(request, callOptions);
        session.keepPrediction(prediction, request);
        return prediction;
      }),
    'prediction.showWithheld': ({ predictionId, caseId }) => {
      const { id, withheldBecause, model } = known(predictionId, caseId);
      vault.store().record(
        {
          action: 'prediction.shown-although-withheld',
          caseId: caseId ?? null,
          detail: { prediction: id, withheldBecause: withheldBecause.map(({ code }) => code), model },
        },
        actor(),
      );
      return { ok: true };
    },
  };
};
