/** What of a reader study is shown to whom. A case is known to its reader by a place and an alias alone. */
import { z } from 'zod';
import { modelShownSchema } from '../board/decision.ts';
import { keyImageSchema } from '../cases/key-image.ts';
import { factorValuesSchema } from '../clinical/factor-values.ts';
import { criteria } from '../clinical/response/timeline.ts';
import { predictionSchema } from '../model/prediction.ts';
import { lesionSchema } from '../study/lesion.ts';
import { roleAssignmentSchema } from '../study/roles.ts';
import { seriesShiftsSchema } from '../study/series-shift.ts';
import { MOST_CASES, MOST_READERS, readerKeySchema, readerStudySchema, readingSchema } from './reader-study.ts';

export const readerSchema = z.object({ key: readerKeySchema, name: z.string() });
export type Reader = z.infer<typeof readerSchema>;

/** A case that a study may ask about, for whoever makes the study: neither what the model said nor what became of it. */
export const candidateSchema = z.object({
  caseId: z.string(),
  patientName: z.string(),
  patientId: z.string(),
  studyDate: z.string().nullable(),
  /** Its course is closed: something can be held against the readings. */
  closed: z.boolean(),
  /** There is a prediction to be shown, or withheld. */
  predicted: z.boolean(),
  simulated: z.boolean(),
  keyImages: z.int(),
});
export type StudyCandidate = z.infer<typeof candidateSchema>;

export const beginStudySchema = readerStudySchema
  .pick({ name: true, criterion: true, readings: true, threshold: true })
  .extend({
    caseIds: z.array(z.string().min(1).max(100)).min(1).max(MOST_CASES),
    readers: z.array(readerKeySchema).min(1).max(MOST_READERS),
  });
export type BeginStudy = z.infer<typeof beginStudySchema>;

export const studySummarySchema = readerStudySchema
  .pick({
    id: true,
    name: true,
    criterion: true,
    readings: true,
    threshold: true,
    begunAt: true,
    begunBy: true,
    closed: true,
  })
  .extend({
    cases: z.int(),
    /** Of made-up patients. */
    simulated: z.boolean(),
    /** Nobody reads any more: it was closed, or all finished or left. */
    ended: z.boolean(),
    readers: z.array(
      z.object({
        name: z.string(),
        /** Cases that they are through with. */
        done: z.int(),
        state: z.enum(['reading', 'finished', 'left']),
      }),
    ),
    /** What whoever asks is in it. */
    you: z.enum(['none', 'reading', 'finished', 'left']),
  });
export type StudySummary = z.infer<typeof studySummarySchema>;

export const aliasSchema = z.object({ word: z.int(), number: z.int() });

/** `gone`: erased or in the trash since the study began. */
export const itemStates = ['first', 'second', 'done', 'gone'] as const;

export const worklistSchema = z.object({
  study: studySummarySchema,
  /** In the order in which they are read; the place is the index + 1. */
  items: z.array(z.object({ alias: aliasSchema, state: z.enum(itemStates) })),
});
export type Worklist = z.infer<typeof worklistSchema>;

const lockedSchema = z.object({ reading: readingSchema, at: z.string(), by: z.string() });

export const shownModelSchema = z.discriminatedUnion('state', [
  /** The first reading is not locked, or the study shows no model. */
  z.object({ state: z.literal('covered') }),
  z.object({ state: z.literal('none') }),
  z.object({
    state: z.literal('shown'),
    shown: modelShownSchema,
    /** The map over the live images; absent where the number is withheld. */
    map: predictionSchema.shape.map.optional(),
    sample: predictionSchema.shape.sample.optional(),
  }),
]);

export const readingCaseSchema = z.object({
  studyId: z.string(),
  place: z.int(),
  total: z.int(),
  alias: aliasSchema,
  criterion: z.enum(criteria),
  readings: z.union([z.literal(1), z.literal(2)]),
  simulated: z.boolean(),
  ageYears: z.number().optional(),
  sex: z.string().optional(),
  factors: factorValuesSchema,
  /** Without comments, which may say what became of them. */
  lesions: z.array(lesionSchema),
  roles: z.array(roleAssignmentSchema),
  /** Those that hold: live images are seen where a hand laid them. */
  shifts: seriesShiftsSchema,
  /** Of the baseline; those with the map once the model may be seen. */
  keyImages: z.array(keyImageSchema),
  imagesAtHand: z.boolean(),
  state: z.enum(itemStates),
  first: lockedSchema.nullable(),
  second: lockedSchema.nullable(),
  model: shownModelSchema,
});
export type ReadingCase = z.infer<typeof readingCaseSchema>;
