/** Lesions with an identity over time, and what was measured of each at one time point. Lengths in mm. */
import { z } from 'zod';
import { diameterSchema } from '../study/lesion.ts';

export const courseLesionSchema = z.object({
  /** `L1`, `N1` …; the same at every time point. */
  id: z.string().min(1).max(20),
  role: z.enum(['target', 'non-target', 'new']),
  organ: z.string().max(60),
  /** Couinaud segment of the liver, as it is written, e.g. `S8` or `S5/6`. */
  segment: z.string().max(20).optional(),
  /** A lymph node is measured by its short axis. */
  node: z.boolean(),
  /** The lesion of the kept case that it is, where there is one. */
  caseLesionId: z.string().optional(),
});
export type CourseLesion = z.infer<typeof courseLesionSchema>;

const lengthSchema = z.number().min(0).max(1_000);
const placeSchema = z.object({
  seriesId: z.string(),
  sliceIndex: z.int().nonnegative().optional(),
  sopInstanceUID: z.string().optional(),
  /** As it was drawn on the images of its time point, mm LPS; absent where only the number is known. */
  longAxis: diameterSchema.optional(),
  shortAxis: diameterSchema.optional(),
});
export type MeasurePlace = z.infer<typeof placeSchema>;

const diametersSchema = z.object({
  /** The whole lesion, RECIST 1.1; of a node the short axis. */
  mm: lengthSchema.optional(),
  /** Its part that enhances in the arterial phase, mRECIST; 0 where none does. */
  viableMm: lengthSchema.optional(),
});

export const courseMeasureSchema = z.discriminatedUnion('state', [
  diametersSchema.extend({
    state: z.literal('measured'),
    /** Where each diameter was drawn; absent for a number that was typed. */
    place: placeSchema.optional(),
    viablePlace: placeSchema.optional(),
  }),
  z.object({ state: z.literal('split'), parts: z.array(diametersSchema).min(1).max(10) }),
  z.object({ state: z.literal('merged'), into: z.string() }),
  z.object({ state: z.enum(['gone', 'too-small', 'not-assessed']) }),
]);
export type CourseMeasure = z.infer<typeof courseMeasureSchema>;
