/** What an ended reader study hands over: its cases under their aliases, what came of each, and what was read. Nobody is named but readers. */
import { z } from 'zod';
import { criteria, responseCodes } from '../clinical/response/timeline.ts';
import { readingSchema } from './reader-study.ts';

/** Why a case is held against no outcome, in the order in which it is asked. */
export const readExclusions = [
  'gone',
  'training',
  'split-unknown',
  'no-outcome',
  'other-criterion',
  'not-evaluable',
  'later-course',
] as const;
/** Why it is not compared with the model either. */
export const modelExclusions = ['no-prediction', 'model-criterion', 'withheld'] as const;

export const readCaseSchema = z.object({
  /** Place among the cases of the study, from 1: the same for all readers. */
  number: z.int().positive(),
  excluded: z.enum(readExclusions).nullable(),
  /** Null where the case is excluded. */
  response: z.enum(responseCodes).nullable(),
  modelExcluded: z.enum(modelExclusions).nullable(),
  /** What the model said, 0–1; null where it is excluded. */
  model: z.number().nullable(),
  /** By the key of the reader; only locked readings. */
  readings: z.record(z.string(), z.object({ first: readingSchema.optional(), second: readingSchema.optional() })),
});
export type ReadCase = z.infer<typeof readCaseSchema>;

export const resultReaderSchema = z.object({
  key: z.string(),
  name: z.string(),
  /** Read every case that was there to be read, and left not. */
  finished: z.boolean(),
  left: z.boolean(),
});
export type ResultReader = z.infer<typeof resultReaderSchema>;

export const studyResultsSchema = z.object({
  name: z.string(),
  criterion: z.enum(criteria),
  readings: z.union([z.literal(1), z.literal(2)]),
  threshold: z.number(),
  /** Of made-up patients. */
  simulated: z.boolean(),
  /** Models that were shown, as `id version`; `simulatedModel`: one of them was made of simulated patients. */
  models: z.array(z.string()),
  simulatedModel: z.boolean(),
  readers: z.array(resultReaderSchema),
  cases: z.array(readCaseSchema),
});
export type StudyResults = z.infer<typeof studyResultsSchema>;
