/** Numbers of withheld predictions leave with no object of a case. Pure. */
import { type Prediction, predictionSchema } from '#shared/model/prediction.ts';
import type { ExportedCase } from '../cases/export/export-tables.ts';

/** Nothing of it is the number, adds up to it, or says how far it could move. */
const withheldSchema = predictionSchema.pick({
  id: true,
  createdAt: true,
  threshold: true,
  decision: true,
  withheldBecause: true,
  sample: true,
  indexLesionId: true,
  novelty: true,
  provider: true,
  model: true,
  appVersion: true,
});

const told = (prediction: Prediction) =>
  prediction.decision === 'withheld' ? withheldSchema.parse(prediction) : prediction;

/** The case with its withheld predictions by their reasons alone: who sees such a number does so in the window, which the log keeps. */
export const withoutWithheldNumbers = ({ predictions, comparison, ...one }: ExportedCase) => ({
  ...one,
  predictions: predictions.map(told),
  ...(comparison ? { comparison: told(comparison) } : {}),
});
