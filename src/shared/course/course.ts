/** The course of a case: everything that follows the prediction, as what is in force now. */
import { z } from 'zod';
import { assessmentSchema } from './assessment.ts';
import { imageSetSchema } from './key-images.ts';
import { courseLesionSchema } from './lesion-over-time.ts';
import { outcomeSchema } from './outcome.ts';
import { coursePlanSchema } from './plan.ts';
import { timePointSchema } from './time-point.ts';
import { coTherapySchema, cycleSchema, treatmentEndSchema } from './treatment.ts';

/** What a course is made of; each part is kept by itself, and superseded by itself. */
export const coursePartSchemas = {
  plan: coursePlanSchema,
  lesion: courseLesionSchema,
  'time-point': timePointSchema,
  cycle: cycleSchema,
  'co-therapy': coTherapySchema,
  end: treatmentEndSchema,
  assessment: assessmentSchema,
  outcome: outcomeSchema,
  images: imageSetSchema,
} as const;
export type CourseParts = { [K in keyof typeof coursePartSchemas]: z.infer<(typeof coursePartSchemas)[K]> };
export type CourseKind = keyof CourseParts;
export const courseKinds = Object.keys(coursePartSchemas) as CourseKind[];
export const courseKindSchema = z.enum(courseKinds);

export const courseSchema = z.object({
  caseId: z.string(),
  plan: coursePlanSchema,
  lesions: z.array(courseLesionSchema),
  /** In order of date; the baseline is always there. */
  timePoints: z.array(timePointSchema),
  cycles: z.array(cycleSchema),
  coTherapies: z.array(coTherapySchema),
  end: treatmentEndSchema.nullable(),
  assessments: z.array(assessmentSchema),
  /** Not null: the course is closed. */
  outcome: outcomeSchema.nullable(),
  /** Pictures of its time points, without their pixels. */
  images: z.array(imageSetSchema),
  /** Which entry of the records holds a part, by `kind/id`; what is made from the kept case alone has none. */
  revisions: z.record(z.string(), z.int()),
});
export type Course = z.infer<typeof courseSchema>;

export const partKey = (kind: CourseKind, id: string): string => `${kind}/${id}`;

const write = <K extends CourseKind, S extends z.ZodType>(kind: K, body: S) =>
  z.object({
    kind: z.literal(kind),
    id: z.string().min(1).max(100),
    /** Null takes it away; what it was stays in the records. */
    body: body.nullable(),
    /** The entry that it supersedes, as the writer saw it; null where there was none. */
    base: z.int().nullable(),
  });

/** One change of one part. */
export const courseWriteSchema = z.discriminatedUnion('kind', [
  write('plan', coursePlanSchema),
  write('lesion', courseLesionSchema),
  write('time-point', timePointSchema),
  write('cycle', cycleSchema),
  write('co-therapy', coTherapySchema),
  write('end', treatmentEndSchema),
  write('assessment', assessmentSchema),
  write('outcome', outcomeSchema),
  write('images', imageSetSchema),
]);
export type CourseWrite = z.infer<typeof courseWriteSchema>;

export const courseEntrySchema = z.object({
  sequence: z.int(),
  kind: courseKindSchema,
  id: z.string(),
  at: z.string(),
  actor: z.string(),
  /** Why it was changed after the course was closed. */
  amendment: z.string().nullable(),
  /** Null where the part was taken away. */
  body: z.unknown(),
});
export type CourseEntry = z.infer<typeof courseEntrySchema>;
