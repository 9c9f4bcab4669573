/** What a reader study shows of the model for one of its cases. */
import type { ModelShown } from '#shared/board/decision.ts';
import { modelShownOf } from '#shared/board/model-shown.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import { isSimulatedCase } from '#shared/cases/case-facts.ts';
import type { Course } from '#shared/course/course.ts';
import { simulatedPrediction } from '#shared/course/simulated/simulated-prediction.ts';
import type { Prediction, PredictionFacts } from '#shared/model/prediction.ts';

export interface StudyModel {
  readonly shown: ModelShown;
  /** Absent for a made-up prediction, which no model made of an image. */
  readonly prediction?: Prediction;
}

/** A made-up patient has no images that a model could have seen: what the page of evidence says of them is said here. */
const madeUp = ({ model, ...facts }: PredictionFacts): ModelShown => {
  const isWithheld = facts.decision === 'withheld';
  return {
    predictionId: '',
    createdAt: facts.createdAt,
    ...model,
    decision: facts.decision,
    withheldBecause: facts.withheldBecause,
    probability: isWithheld ? null : facts.probability,
    interval: null,
    threshold: isWithheld ? null : facts.threshold,
    reasons: [],
    warnings: 0,
  };
};

/** The prediction that was in force when the study began, whatever is in force now; undefined where there was none. */
export const modelOfStudy = (
  saved: SavedCase,
  predictionId: string | null,
  course: () => Course,
): StudyModel | undefined => {
  const prediction = saved.predictions.find(({ id }) => id === predictionId);
  if (prediction) return { shown: modelShownOf(prediction), prediction };
  const { outcome } = isSimulatedCase(saved) && predictionId === null ? course() : { outcome: null };
  const facts = outcome ? simulatedPrediction(saved.study.patient.patientId, outcome) : undefined;
  return facts && { shown: madeUp(facts) };
};
