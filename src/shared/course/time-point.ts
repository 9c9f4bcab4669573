/** One visit with imaging: what was measured, what the reader said of the rest, and the laboratory values of the day. */
import { z } from 'zod';
import { factorValuesSchema } from '../clinical/factor-values.ts';
import { responseCodes } from '../clinical/response/timeline.ts';
import { vec3Schema } from '../study/geometry.ts';
import { roleAssignmentSchema } from '../study/roles.ts';
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
    /** Absent at the baseline: its case knows. */
    kind: z.enum(['path', 'demo', 'upload']).optional(),
    /** Where it was; empty where a browser handed it over, a name where the application brings it. */
    path: z.string(),
  }),
]);

export const timePointSchema = z.object({
  /** `baseline`, or any other id. */
  id: z.string().min(1).max(64),
  date: daySchema,
  study: timePointStudySchema,
  /** Which series of its study plays which role; of the baseline the case says it. */
  roles: z.array(roleAssignmentSchema).optional(),
  /** How far the patient lies from where they lay at the baseline: what shows both studies alike. */
  position: z.object({ movedMm: vec3Schema, origin: z.enum(['found', 'hand']) }).optional(),
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
