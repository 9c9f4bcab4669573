/**
 * One closed course as the evidence of a hospital sees it: what was predicted, what came of it, and what else was known
 * beforehand. Nothing here says who the patient was, and a row without a number to evaluate carries none.
 */
import { z } from 'zod';
import { criteria, responseCodes } from '../clinical/response/timeline.ts';
import { endpointNames } from '../course/outcome.ts';
import { modelStatusSchema, responseCriterionSchema } from '../model/manifest.ts';

/** Among `withheldBecause`: a tumour board keeps the model covered, and has not decided yet. */
export const COVERED = 'covered';

export const rowPredictionSchema = z.object({
  modelId: z.string(),
  modelVersion: z.string(),
  modelStatus: modelStatusSchema,
  /** By which the model's event is read. */
  criterion: responseCriterionSchema,
  /** Null where the number is withheld, since it means nothing for this patient, or covered. */
  probability: z.number().nullable(),
  threshold: z.number(),
  /** Codes of why it is withheld; empty where it is not. */
  withheldBecause: z.array(z.string()),
  /** Made when the response was known already: a test of the model, though not of its use. */
  afterOutcome: z.boolean(),
});
export type RowPrediction = z.infer<typeof rowPredictionSchema>;

/** Which part of a model's development the patient was in; `unknown` where the table's word is none that is known here. */
export const splitSchema = z.enum(['none', 'training', 'held-out', 'unknown']);
export type Split = z.infer<typeof splitSchema>;

export const evidenceRowSchema = z.object({
  /** The same for all courses of one patient; a number within one answer, and nothing else. */
  patient: z.int().nonnegative(),
  /** Day of the baseline, ISO 8601. */
  date: z.string(),
  /** Null: no prediction is in force. */
  prediction: rowPredictionSchema.nullable(),
  /** What other models said of the same inputs, by `id version`; only of numbers that were not withheld. */
  others: z.record(z.string(), z.number()),
  /** A reader's own probability before the model was shown, by the reader's name. */
  readers: z.record(z.string(), z.number()),
  responses: z.partialRecord(z.enum(criteria), z.enum(responseCodes)),
  endpoints: z.partialRecord(z.enum(endpointNames), z.object({ days: z.int().nonnegative(), event: z.boolean() })),
  /** Factors and scores by their id, in canonical units, choices by their code. What was not entered is not here. */
  values: z.record(z.string(), z.number()),
  /** Manufacturer and field strength; empty where neither is known. */
  scanner: z.string(),
  split: splitSchema,
});
export type EvidenceRow = z.infer<typeof evidenceRowSchema>;

/** How a model is named in the cohort. */
export const keyOfModel = ({ id, version }: { readonly id: string; readonly version: string }): string =>
  `${id} ${version}`;

/** The key of the model that predicted. */
export const modelKey = ({ modelId, modelVersion }: Pick<RowPrediction, 'modelId' | 'modelVersion'>): string =>
  keyOfModel({ id: modelId, version: modelVersion });
