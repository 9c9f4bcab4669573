/** Lesions as RECIST 1.1 measures them: the longest diameter and its longest perpendicular, in patient space. */
import { z } from 'zod';
import { vec3Schema } from './geometry.ts';

export const diameterSchema = z.tuple([vec3Schema, vec3Schema]);

export const lesionSchema = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['target', 'non-target']),
  seriesId: z.string(),
  sopInstanceUID: z.string().optional(),
  /** End points, mm LPS. */
  longAxis: diameterSchema,
  shortAxis: diameterSchema.optional(),
});
export type Lesion = z.infer<typeof lesionSchema>;
