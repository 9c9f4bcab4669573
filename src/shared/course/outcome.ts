/** What closes a course. */
import { z } from 'zod';
import { responseCodes } from '../clinical/response/timeline.ts';
import { daySchema } from './time-point.ts';

export const endpointNames = ['pfs', 'ttp', 'os'] as const;
export type EndpointName = (typeof endpointNames)[number];

export const censoringReasons = ['last-contact', 'last-assessment', 'died-without-progression'] as const;

export const endpointSchema = z.object({
  days: z.int().nonnegative(),
  event: z.boolean(),
  /** What the event was. */
  kind: z.enum(['progression', 'death']).optional(),
  /** Why it is censored, where it is. */
  censoring: z.enum(censoringReasons).optional(),
});
export type Endpoint = z.infer<typeof endpointSchema>;

const bestSchema = z.object({
  response: z.enum(responseCodes),
  /** Whether a later visit confirmed it; absent where that is not known. */
  confirmed: z.boolean().optional(),
  date: daySchema.optional(),
  /** Entered by hand, without the engine's reading of measurements. */
  byHand: z.boolean(),
});

export const outcomeSchema = z.object({
  /** Each by its own criterion: they are never mixed. */
  best: z.object({ 'recist-1.1': bestSchema, mrecist: bestSchema }).partial(),
  /** Origin of the times. */
  start: daySchema.optional(),
  progression: daySchema.optional(),
  death: daySchema.optional(),
  lastContact: daySchema.optional(),
  lastAssessment: daySchema.optional(),
  /** Of the days above, or as a table gave them. */
  endpoints: z.partialRecord(z.enum(endpointNames), endpointSchema),
  confirmedBy: z.string().min(1).max(100),
  confirmedAt: z.iso.datetime(),
  note: z.string().max(2_000).optional(),
  /** Which part of a model's cohort the patient was in, as the table said that brought the course: `training`, `validation`. */
  split: z.string().max(100).optional(),
});
export type Outcome = z.infer<typeof outcomeSchema>;
