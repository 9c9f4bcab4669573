import type { Actor } from '../cases/audit/actor.ts';
import { coveredBy } from '../cases/board/board-model.ts';
import type { Vault } from '../cases/vault.ts';
import type { PredictionService } from '../inference/prediction-service.ts';
import type { Session } from './draft.ts';
import type { HandlersOf } from './handlers.ts';
import type { Jobs } from './jobs.ts';
import { predictionAtHand } from './prediction-at-hand.ts';

export interface PredictionHandlerOptions {
  predictions: PredictionService;
  vault: Vault;
  session: Session;
  jobs: Jobs;
  actor: () => Actor;
}

export const predictionHandlers = (options: PredictionHandlerOptions): HandlersOf<'prediction'> => {
  const { predictions, vault, session, jobs, actor } = options;

  return {
    'prediction.run': ({ jobId, ...request }) =>
      jobs.run(jobId, async (callOptions) => {
        const prediction = await predictions.predict(request, callOptions);
        session.keepPrediction(prediction, request);
        return prediction;
      }),
    'prediction.whatIf': async ({ jobId, predictionId, caseId, ...request }) => {
      const beside = predictionAtHand({ session, vault }, predictionId, caseId);
      if (beside.decision === 'withheld') return { state: 'withheld', because: [] };
      if (caseId !== undefined && coveredBy(vault.store(), caseId, predictionId).length > 0)
        return { state: 'covered' };
      return await jobs.run(jobId, (callOptions) => predictions.whatIf(request, beside, callOptions));
    },
    'prediction.showWithheld': ({ predictionId, caseId }) => {
      const { id, withheldBecause, model } = predictionAtHand({ session, vault }, predictionId, caseId);
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
