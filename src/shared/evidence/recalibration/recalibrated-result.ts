/**
 * What this hospital's own outcomes make of one prediction: one value for the screen, the report, the board and the objects for
 * other systems, so that all of them say the same. Pure.
 */
import { z } from 'zod';
import type { Prediction } from '../../model/prediction.ts';
import { adoptedSchema, type KeptRecalibration, recalibrationInForce } from './kept.ts';
import { recalibrated } from './recalibrate.ts';

const share = z.number().min(0).max(1);

export const recalibratedResultSchema = adoptedSchema
  .pick({ number: true, patients: true, events: true, simulated: true })
  .extend({
    probability: share,
    /** The ends of the model's own interval, moved alike; null where it gives none. */
    low: share.nullable(),
    high: share.nullable(),
    /** Taken into use at, ISO 8601, and by whom. */
    at: z.string(),
    by: z.string(),
  });
export type RecalibratedResult = z.infer<typeof recalibratedResultSchema>;

type Recalibrated = Pick<Prediction, 'probability' | 'interval' | 'decision' | 'model'>;

/**
 * Undefined where none is in force for this model, criterion and kind of patient, and where the number is withheld.
 * @param simulated the patient is made up
 */
export const recalibratedResult = (
  { probability, interval, decision, model }: Recalibrated,
  kept: readonly KeptRecalibration[],
  simulated: boolean,
): RecalibratedResult | undefined => {
  if (decision === 'withheld') return undefined;
  const line = recalibrationInForce(kept, { model, criterion: model.criterion, simulated });
  if (!line) return undefined;
  const { number, patients, events, at, by } = line;
  // Where a model ranks this hospital's patients the wrong way round, the slope is negative, and the ends change places.
  const [low, high] = interval
    ? [recalibrated(interval.low, line), recalibrated(interval.high, line)].toSorted((a, b) => a - b)
    : [];
  return {
    number,
    patients,
    events,
    simulated: line.simulated,
    probability: recalibrated(probability, line),
    low: low ?? null,
    high: high ?? null,
    at,
    by,
  };
};
