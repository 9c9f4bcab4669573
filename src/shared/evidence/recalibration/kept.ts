/**
 * Recalibrations as the audit log holds them: every one that was taken into use, with its number, date and author, and whether it was
 * taken back. The log is append-only and sealed, so none is ever overwritten; the newest is in force unless it was taken back. Pure.
 */
import { z } from 'zod';
import { responseCriterionSchema } from '../../model/manifest.ts';
import { keyOfModel } from '../evidence-row.ts';

export const ADOPTED = 'recalibration.adopted';
export const WITHDRAWN = 'recalibration.withdrawn';

const ofModelSchema = z.object({
  model: z.object({ id: z.string(), version: z.string() }),
  criterion: responseCriterionSchema,
});
export type OfModel = z.infer<typeof ofModelSchema>;

export const adoptedSchema = ofModelSchema.extend({
  /** Counts those of one model and criterion, from 1. */
  number: z.int().positive(),
  kind: z.enum(['intercept', 'intercept-and-slope']),
  intercept: z.number(),
  slope: z.number(),
  patients: z.int(),
  events: z.int(),
  /** Days of the first and the last patient that it was fitted on. */
  first: z.string(),
  last: z.string(),
  /** Mean log score on later patients than it was fitted on; less is better. */
  scores: z.object({ original: z.number(), recalibrated: z.number() }),
  /** Of made-up patients. */
  simulated: z.boolean(),
});
export type Adopted = z.infer<typeof adoptedSchema>;

export const keptRecalibrationSchema = adoptedSchema.extend({
  at: z.string(),
  by: z.string(),
  inForce: z.boolean(),
});
export type KeptRecalibration = z.infer<typeof keptRecalibrationSchema>;

interface Entry {
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

const keyOf = ({ model, criterion }: OfModel): string => `${keyOfModel(model)} ${criterion}`;

/** Are both of one model, by one criterion? */
export const isOf = (one: OfModel, other: OfModel): boolean => keyOf(one) === keyOf(other);

/** @param entries of both actions, oldest first. Newest first in the answer; an entry that is not understood is passed over. */
export const recalibrationsFrom = (entries: readonly Entry[]): KeptRecalibration[] => {
  const inForce = new Map<string, number>();
  const adopted: KeptRecalibration[] = [];
  for (const { at, actor, action, detail } of entries) {
    if (action === WITHDRAWN) {
      const withdrawn = ofModelSchema.safeParse(detail);
      if (withdrawn.success) inForce.delete(keyOf(withdrawn.data));
      continue;
    }
    const read = adoptedSchema.safeParse(detail);
    if (!read.success) continue;
    inForce.set(keyOf(read.data), read.data.number);
    adopted.push({ ...read.data, at, by: actor, inForce: false });
  }
  return adopted.map((one) => ({ ...one, inForce: inForce.get(keyOf(one)) === one.number })).toReversed();
};

export const recalibrationInForce = (kept: readonly KeptRecalibration[], of: OfModel): KeptRecalibration | undefined =>
  kept.find((one) => one.inForce && isOf(one, of));
