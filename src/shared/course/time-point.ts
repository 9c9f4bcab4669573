/** One visit with imaging: what was measured, what the reader said of the rest, and the laboratory values of the day. */
import { z } from 'zod';
import { factorValuesSchema } from '../clinical/factor-values.ts';
import { responseCodes } from '../clinical/response/timeline.ts';
import { courseMeasureSchema } from './lesion-over-time.ts';

export const BASELINE = 'baseline';

export const daySchema = z.iso.date();

export const timePointStudySchema = z.discriminatedUnion('state', [
  /** There never was one here: numbers were typed from a report. */
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.literal('opened'),
    studyInstanceUID: z.string(),
    description: z.string().optional(),
    /** Where it was; empty where a browser handed it over. */
    path: z.string(),
  }),
]);

export const timePointSchema = z.object({
  /** `baseline`, or any other id. */
  id: z.string().min(1).max(64),
  date: daySchema,
  study: timePointStudySchema,
  /** By id of the lesion. A target without an entry was not assessed. */
  measures: z.record(z.string(), courseMeasureSchema),
  /** What the reader says of the non-target lesions together; otherwise derived from their measures. */
  nonTarget: z.enum(['CR', 'NON-CR/NON-PD', 'PD', 'NE']).optional(),
  /** What the reader says of new lesions; otherwise derived from measures of lesions that are new. */
  newLesions: z.enum(['none', 'equivocal', 'unequivocal']).optional(),
  /** A raised tumour marker rules a complete response out. */
  markers: z.enum(['normal', 'raised']).optional(),
  /** A response that was read elsewhere, in place of measures, by criterion. */
  stated: z
    .object({ 'recist-1.1': z.enum(responseCodes), mrecist: z.enum(responseCodes) })
    .partial()
    .optional(),
  /** Laboratory and clinical values of the day. */
  factors: factorValuesSchema,
  note: z.string().max(2_000).optional(),
});
export type TimePoint = z.infer<typeof timePointSchema>;
