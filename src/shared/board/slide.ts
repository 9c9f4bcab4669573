/** One case as a board sees it. While the model is covered nothing of it is in here, so nothing of it can be on the page. */
import { z } from 'zod';
import { keyImageSchema } from '../cases/key-image.ts';
import { factorValuesSchema } from '../clinical/factor-values.ts';
import { courseSchema } from '../course/course.ts';
import { lesionSchema } from '../study/lesion.ts';
import { roleAssignmentSchema } from '../study/roles.ts';
import { seriesShiftsSchema } from '../study/series-shift.ts';
import { patientIdentitySchema } from '../study/study.ts';
import { decisionVersionSchema, modelShownSchema, seenSchema } from './decision.ts';
import { listingSchema, meetingSchema, missingSchema } from './meeting.ts';

export const shownSchema = z.object({ when: z.enum(['before', 'after']), at: z.string(), by: z.string() });

export const slideModelSchema = z.discriminatedUnion('state', [
  /** The board has not voted yet. */
  z.object({ state: z.literal('covered') }),
  /** The case has no prediction in force. */
  z.object({ state: z.literal('none') }),
  z.object({ state: z.literal('shown'), shown: modelShownSchema }),
]);
export type SlideModel = z.infer<typeof slideModelSchema>;

export const slideSchema = z.object({
  meetingId: z.string(),
  caseId: z.string(),
  revision: z.int().positive(),
  patient: patientIdentitySchema,
  ageYears: z.number().optional(),
  simulated: z.boolean(),
  listing: listingSchema,
  /** What stands with the case, for whoever presents. */
  note: z.string(),
  factors: factorValuesSchema,
  /** Those with the map of the prediction are here once the model may be seen. */
  keyImages: z.array(keyImageSchema),
  course: courseSchema,
  /** For the live images. */
  studyInstanceUID: z.string(),
  roles: z.array(roleAssignmentSchema),
  lesions: z.array(lesionSchema),
  /** Those that hold: live images are seen where a hand laid them. */
  shifts: seriesShiftsSchema,
  /** The study can be looked at. */
  imagesAtHand: z.boolean(),
  model: slideModelSchema,
  /** When the model was first shown to this board, if it was. */
  shown: shownSchema.nullable(),
  seen: seenSchema,
  /** Newest version of each meeting's decision, newest meeting first; while the model is covered, without what they say of it. */
  decisions: z.array(decisionVersionSchema),
});
export type Slide = z.infer<typeof slideSchema>;

/** One line of a list. */
export const boardLineSchema = z.object({
  caseId: z.string(),
  patient: patientIdentitySchema,
  simulated: z.boolean(),
  listing: listingSchema,
  /** The entry of the records that `listing` stands in; null while there is none. */
  base: z.int().nullable(),
  missing: z.array(missingSchema),
  decided: z.boolean(),
  /** In the trash. */
  trashed: z.boolean(),
});
export type BoardLine = z.infer<typeof boardLineSchema>;

/** A meeting with all that is known of its cases. `base`: its entry in the records. */
export const boardSchema = z.object({ meeting: meetingSchema, base: z.int(), lines: z.array(boardLineSchema) });
export type Board = z.infer<typeof boardSchema>;

export const boardSummarySchema = meetingSchema
  .pick({ id: true, date: true, name: true })
  .extend({ cases: z.int(), decided: z.int() });
export type BoardSummary = z.infer<typeof boardSummarySchema>;

/** What a decision asks somebody to do, and nobody has said is done. */
export const boardActionSchema = z.object({
  meetingId: z.string(),
  caseId: z.string(),
  patient: patientIdentitySchema,
  simulated: z.boolean(),
  recommendation: decisionVersionSchema.shape.body.shape.recommendation,
  detail: z.string(),
  priority: decisionVersionSchema.shape.body.shape.priority,
  owner: z.string(),
  due: z.string(),
});
export type BoardAction = z.infer<typeof boardActionSchema>;
