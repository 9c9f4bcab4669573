/**
 * Recalibrations as the audit log holds them: every one that was taken into use, with its number, date and author, and whether it was
 * taken back. The log is append-only and sealed, so none is ever overwritten; of made-up and of real patients the newest each is in
 * force unless it was taken back. Pure.
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

/** Whose numbers are spoken of: made-up patients and real ones share no recalibration, since neither says anything of the other. */
export interface OfPatients extends OfModel {
  readonly simulated: boolean;
}

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
  /** Fitted on made-up patients, and in force for made-up patients alone. */
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

const withdrawnSchema = ofModelSchema.extend({ number: z.int().positive() });

const keyOf = ({ model, criterion }: OfModel): string => `${keyOfModel(model)} ${criterion}`;
const patientsOf = (one: OfPatients): string => `${keyOf(one)} ${one.simulated ? 'simulated' : 'real'}`;

/** Are both of one model, by one criterion? */
export const isOf = (one: OfModel, other: OfModel): boolean => keyOf(one) === keyOf(other);

/** @param entries of both actions, oldest first. Newest first in the answer; an entry that is not understood is passed over. */
export const recalibrationsFrom = (entries: readonly Entry[]): KeptRecalibration[] => {
  const inForce = new Map<string, number>();
  const adopted: KeptRecalibration[] = [];
  for (const { at, actor, action, detail } of entries) {
    if (action === WITHDRAWN) {
      const { data } = withdrawnSchema.safeParse(detail);
      const taken = adopted.find((one) => data && isOf(one, data) && one.number === data.number);
      if (taken && inForce.get(patientsOf(taken)) === taken.number) inForce.delete(patientsOf(taken));
      continue;
    }
    const read = adoptedSchema.safeParse(detail);
    if (!read.success) continue;
    inForce.set(patientsOf(read.data), read.data.number);
    adopted.push({ ...read.data, at, by: actor, inForce: false });
  }
  return adopted.map((one) => ({ ...one, inForce: inForce.get(patientsOf(one)) === one.number })).toReversed();
};

/** Never one of made-up patients for a real one, whenever it was taken into use; nor the other way round. */
export const recalibrationInForce = (
  kept: readonly KeptRecalibration[],
  of: OfPatients,
): KeptRecalibration | undefined => kept.find((one) => one.inForce && one.simulated === of.simulated && isOf(one, of));
