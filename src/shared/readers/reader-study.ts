/** A reader study: who reads which cases by which question, and what each of them said before, and after, the model was shown. */
import { z } from 'zod';
import { modelShownSchema } from '../board/decision.ts';
import { criteria } from '../clinical/response/timeline.ts';

/** What a study may have at most: readings are shown and computed whole. */
export const MOST_CASES = 1_000;
export const MOST_READERS = 40;

const caseId = z.string().min(1).max(100);

/** Names a reader: `user:` and the id of a user, or `name:` and, folded, what the workstation was called by. */
export const readerKeySchema = z
  .string()
  .regex(/^(user|name):.+$/s)
  .max(200);

export const studyReaderSchema = z.object({
  key: readerKeySchema,
  /** As they were called when the study began. */
  name: z.string().min(1).max(100),
  /** Of the order in which they read. */
  seed: z.int().nonnegative(),
  /** They read no further: what they said until then is kept, and in no result. */
  left: z.object({ at: z.string(), reason: z.string().max(500) }).nullable(),
});
export type StudyReader = z.infer<typeof studyReaderSchema>;

export const readerStudySchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().trim().min(1).max(100),
  /** The question: CR or PR against everything else, by this criterion. */
  criterion: z.enum(criteria),
  /** With 2, the model is shown after the first reading, and the case is read once more. */
  readings: z.union([z.literal(1), z.literal(2)]),
  /** From this probability on a reading is a call for response, 0–1. */
  threshold: z.number().gt(0).lt(1),
  begunAt: z.string(),
  begunBy: z.string(),
  /** With the prediction that was in force when the study began: every reader is shown the same. */
  cases: z
    .array(z.object({ caseId, predictionId: z.string().nullable() }))
    .min(1)
    .max(MOST_CASES),
  readers: z.array(studyReaderSchema).min(1).max(MOST_READERS),
  closed: z.object({ at: z.string(), by: z.string() }).nullable(),
});
export type ReaderStudy = z.infer<typeof readerStudySchema>;

export const readingKinds = ['first', 'second'] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** What a reader says of one case. */
export const readingSchema = z.object({
  /** Of response, 0–1. */
  probability: z.number().min(0).max(1),
  /** 1: a guess; 5: certain. */
  confidence: z.int().min(1).max(5),
  comment: z.string().trim().max(1_000),
  /** For which the case was on a visible, unlocked screen. */
  seconds: z.number().nonnegative().max(86_400),
  /** How often the clock stood still in between. */
  pauses: z.int().nonnegative().max(10_000),
});
export type Reading = z.infer<typeof readingSchema>;

/** The second look, with what was shown of the model: null where the case has no prediction. */
export const secondReadingSchema = readingSchema.extend({ model: modelShownSchema.nullable() });
export type SecondReading = z.infer<typeof secondReadingSchema>;

/** What is left to do of one case for one reader. */
export type Step = 'first' | 'second' | 'done';

export const stepOf = ({ readings }: Pick<ReaderStudy, 'readings'>, locked: ReadonlySet<ReadingKind>): Step => {
  if (!locked.has('first')) return 'first';
  return readings === 2 && !locked.has('second') ? 'second' : 'done';
};
