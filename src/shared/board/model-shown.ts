/** What a board is shown of a prediction. Pure. */
import type { RecalibratedResult } from '../evidence/recalibration/recalibrated-result.ts';
import type { Prediction } from '../model/prediction.ts';
import type { ModelShown } from './decision.ts';

/** Factors without a share in the result say nothing. */
const SMALLEST_SHARE = 0.005;

export const modelShownOf = (prediction: Prediction, recalibrated?: RecalibratedResult): ModelShown => {
  const { model } = prediction;
  const isWithheld = prediction.decision === 'withheld';
  const reasons = [
    { factor: 'image', contribution: prediction.imageContribution },
    ...prediction.clinicalContributions.map(({ factor, contribution }) => ({ factor, contribution })),
  ]
    .filter(({ contribution }) => Math.abs(contribution) >= SMALLEST_SHARE)
    .toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return {
    predictionId: prediction.id,
    createdAt: prediction.createdAt,
    id: model.id,
    version: model.version,
    sha256: model.sha256,
    status: model.status,
    criterion: model.criterion,
    baseRate: model.baseRate,
    decision: prediction.decision,
    withheldBecause: prediction.withheldBecause,
    probability: isWithheld ? null : prediction.probability,
    interval:
      isWithheld || !prediction.interval
        ? null
        : {
            level: prediction.interval.level,
            low: prediction.interval.low,
            high: prediction.interval.high,
          },
    threshold: isWithheld ? null : prediction.threshold,
    ...(recalibrated && !isWithheld ? { recalibrated } : {}),
    reasons: isWithheld ? [] : reasons,
    warnings: prediction.warnings.filter(({ severity }) => severity !== 'info').length,
  };
};
