/** What is fixed for a course: where its days begin, by which policies its responses are read, when the next image is due. */
import { z } from 'zod';
import { daySchema } from './time-point.ts';

const count = z.int().min(0).max(1_000);

export const responseOptionsSchema = z.object({
  minimumSdDays: count,
  confirmationDays: count,
  maximumNeBetween: count,
  acceptSd: z.boolean(),
  missingAsNe: z.boolean(),
  fiveMillimetreRule: z.boolean(),
  prCarryForward: z.boolean(),
});

export const coursePlanSchema = z.object({
  /** Origin of all days: randomisation; absent where it is the first cycle. */
  randomised: daySchema.optional(),
  /** Policies other than the defaults, by criterion. */
  options: z
    .object({ 'recist-1.1': responseOptionsSchema.partial(), mrecist: responseOptionsSchema.partial() })
    .partial(),
  /** Weeks from one imaging to the next; a setting of the study, as trials differ. */
  followUpWeeks: z.int().min(1).max(52),
});
export type CoursePlan = z.infer<typeof coursePlanSchema>;

/** Two cycles of three weeks. */
export const DEFAULT_FOLLOW_UP_WEEKS = 6;
export const defaultPlan: CoursePlan = { options: {}, followUpWeeks: DEFAULT_FOLLOW_UP_WEEKS };
