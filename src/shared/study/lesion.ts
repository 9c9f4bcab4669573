/** Lesions as RECIST 1.1 measures them: the longest diameter and its longest perpendicular, in patient space. */
import { z } from 'zod';
import { distance, vec3Schema } from './geometry.ts';

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

/** Longest diameter, mm. */
export const lesionDiameterMm = ({ longAxis }: Pick<Lesion, 'longAxis'>): number => distance(longAxis[0], longAxis[1]);

/** The lesion that the model looks at: the largest target, or the largest of all where none is a target. */
export const indexLesion = (lesions: readonly Lesion[]): Lesion | undefined => {
  const targets = lesions.filter(({ kind }) => kind === 'target');
  return [...(targets.length > 0 ? targets : lesions)].sort((a, b) => lesionDiameterMm(b) - lesionDiameterMm(a))[0];
};
