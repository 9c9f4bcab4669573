/** A response at one time point by one criterion: what the engine made of the measures, and what a reader made of that. */
import { z } from 'zod';
import { criteria, responseCodes } from '../clinical/response/timeline.ts';
import { responseOptionsSchema } from './plan.ts';

export const storedReasonSchema = z.object({
  code: z.string(),
  text: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const computedResponseSchema = z.object({
  /** mm; null where a target was not assessed, or where there is none. */
  sum: z.number().nullable(),
  /** Percent, unrounded. */
  changeFromBaseline: z.number().nullable(),
  changeFromNadir: z.number().nullable(),
  target: z.enum(['CR', 'PR', 'SD', 'PD', 'NE']).nullable(),
  nonTarget: z.enum(['CR', 'NON-CR/NON-PD', 'PD', 'NE']).nullable(),
  newLesions: z.enum(['none', 'equivocal', 'unequivocal']).nullable(),
  overall: z.enum(responseCodes),
  reasons: z.array(storedReasonSchema),
  /** The policies that it was computed by. */
  options: responseOptionsSchema,
});
export type ComputedResponse = z.infer<typeof computedResponseSchema>;

export const assessmentSchema = z.object({
  timePointId: z.string(),
  criterion: z.enum(criteria),
  computed: computedResponseSchema,
  /** What the reader takes it for. */
  response: z.enum(responseCodes),
  /** Why it is another than the computed one. */
  overrideReason: z.string().min(1).max(500).optional(),
  reader: z.string().min(1).max(100),
  at: z.iso.datetime(),
});
export type Assessment = z.infer<typeof assessmentSchema>;

export const assessmentId = (timePointId: string, criterion: Assessment['criterion']): string =>
  `${timePointId}/${criterion}`;
