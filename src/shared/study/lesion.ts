/** Lesions as RECIST 1.1 measures them: the longest diameter and its longest perpendicular, in patient space. */
import { z } from 'zod';
import { distance, vec3Schema } from './geometry.ts';
import { markedPlaceSchema } from './marked-place.ts';

export const diameterSchema = z.tuple([vec3Schema, vec3Schema]);

export const lesionSchema = markedPlaceSchema.extend({
  kind: z.enum(['target', 'non-target']),
  /** End points, mm LPS. */
  longAxis: diameterSchema,
  shortAxis: diameterSchema.optional(),
  /** Depth of its nearest margin under the surface of the liver, mm; 0 where it reaches the surface. As a reader says. */
  depthMm: z.number().min(0).max(200).optional(),
  /** A reader chose it as the one that the model looks at. */
  isIndex: z.literal(true).optional(),
});
export type Lesion = z.infer<typeof lesionSchema>;

/** Longest diameter, mm. */
export const lesionDiameterMm = ({ longAxis }: Pick<Lesion, 'longAxis'>): number => distance(longAxis[0], longAxis[1]);

/** The lesion that the model looks at: the one that a reader chose, else the largest target, or the largest of all where none is a target. */
export const indexLesion = (lesions: readonly Lesion[]): Lesion | undefined => {
  const chosen = lesions.find(({ isIndex }) => isIndex);
  if (chosen) return chosen;
  const targets = lesions.filter(({ kind }) => kind === 'target');
  return [...(targets.length > 0 ? targets : lesions)].sort((a, b) => lesionDiameterMm(b) - lesionDiameterMm(a))[0];
};

/** The lesions with another one chosen as the index lesion; with `undefined` none is, and the largest target is it again. */
export const withIndexLesion = (lesions: readonly Lesion[], id: string | undefined): Lesion[] =>
  lesions.map(({ isIndex: _before, ...lesion }) => (lesion.id === id ? { ...lesion, isIndex: true } : lesion));

/** What a prediction is made from: where it lies in the liver, and what a reader wrote beside it, no model reads. */
export const predictedFrom = ({ segment: _s, depthMm: _d, comment: _c, ...lesion }: Lesion): Lesion => lesion;
