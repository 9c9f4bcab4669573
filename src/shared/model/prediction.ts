/** What a prediction asks for and what it answers, with everything needed to explain and to repeat it. */
import { z } from 'zod';
import { factorValuesSchema } from '../clinical/factor-values.ts';
import { planeGridSchema, vec3Schema } from '../study/geometry.ts';
import { lesionSchema } from '../study/lesion.ts';
import { modelRoleSchema, roleAssignmentSchema } from '../study/roles.ts';
import { seriesShiftSchema, seriesShiftsSchema } from '../study/series-shift.ts';
import { qualityNoteSchema } from '../study/study.ts';
import { modelStatusSchema, responseCriterionSchema } from './manifest.ts';

/** An entry that was refused and not corrected: the patient has a value there, and it is not among the factors. */
export const refusedEntrySchema = z.object({
  factor: z.string(),
  /** Code of the refusal, e.g. `out-of-limits`. */
  code: z.string(),
});
export type RefusedEntry = z.infer<typeof refusedEntrySchema>;

export const predictionRequestSchema = z.object({
  openId: z.string(),
  studyInstanceUID: z.string(),
  roles: z.array(roleAssignmentSchema),
  lesions: z.array(lesionSchema).min(1),
  /** The lesion the model looks at; without it the target with the largest diameter. */
  indexLesionId: z.string().optional(),
  factors: factorValuesSchema,
  /** Series that a reader moved by hand; those that hold for these roles are used (`shiftsInForce`). */
  shifts: seriesShiftsSchema.optional(),
  refusedEntries: z.array(refusedEntrySchema).optional(),
  modelId: z.string().optional(),
});
export type PredictionRequest = z.infer<typeof predictionRequestSchema>;

/** `withheld` is a result of its own: the number exists, and means nothing for this case. */
export const decisionSchema = z.enum(['above-threshold', 'below-threshold', 'withheld']);
export type Decision = z.infer<typeof decisionSchema>;

/** Why a number is withheld. */
export const withheldReasonSchema = z.object({
  /** e.g. `not-mr`, `unlike-training`, `lesion-small`, `bclc-d`, `refused-entries` (`inference/withholding.ts`). */
  code: z.string(),
  /** English; translated by code and params. */
  text: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type WithheldReason = z.infer<typeof withheldReasonSchema>;

/** Something that qualifies the number; shown before it. */
export const predictionWarningSchema = z.object({
  /** e.g. `missing-role`, `missing-factor`, `out-of-range`, `roles-unconfirmed`, `outside-image`, `unlike-training`. */
  code: z.string(),
  severity: z.enum(['info', 'warning', 'serious']),
  /** English; translated by code and params. */
  text: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  /** A remark about the images that went in, as the scan made it. */
  note: qualityNoteSchema.optional(),
  /** Of a clinical rule that the patient meets: the rule as it is written, and where it comes from. */
  rule: z.string().optional(),
  source: z.string().optional(),
  /** How far it could move the probability, where that can be computed. */
  couldMoveTo: z.object({ low: z.number(), high: z.number() }).optional(),
});
export type PredictionWarning = z.infer<typeof predictionWarningSchema>;

export const clinicalContributionSchema = z.object({
  factor: z.string(),
  /** Value in the model's unit, before the transform; null where it was missing. */
  value: z.number().nullable(),
  unit: z.string(),
  /** What was counted in its place: the nearest value that training saw. Absent where the value itself was. */
  countedAs: z.number().optional(),
  /** Log-odds added by this factor. */
  contribution: z.number(),
});
export type ClinicalContribution = z.infer<typeof clinicalContributionSchema>;

export const channelUsedSchema = z.object({
  role: modelRoleSchema,
  /** Null where the role was missing and the channel left at zero. */
  seriesId: z.string().nullable(),
  /** Share of the crop that lies inside the image, 0–1. */
  coverage: z.number(),
  median: z.number().nullable(),
  robustSd: z.number().nullable(),
  /** SHA-256 of the SOP Instance UIDs and pixel bytes that went in. */
  inputHash: z.string().nullable(),
  /** How far the series was moved by hand before it was read, mm LPS; absent where it lies as its file says. */
  shiftMm: vec3Schema.optional(),
});
export type ChannelUsed = z.infer<typeof channelUsedSchema>;

export const predictionSchema = z.object({
  id: z.string(),
  createdAt: z.string(),
  probability: z.number(),
  /** `widened`: what is missing made it wider than the ensemble alone. Null where the package gives none, or cannot say how far a missing image reaches. */
  interval: z
    .object({ level: z.number(), low: z.number(), high: z.number(), widened: z.boolean().optional() })
    .nullable(),
  logit: z.number(),
  bias: z.number(),
  imageContribution: z.number(),
  clinicalContributions: z.array(clinicalContributionSchema),
  threshold: z.number(),
  decision: decisionSchema,
  /** Why the number is withheld; empty where it is not. */
  withheldBecause: z.array(withheldReasonSchema).default([]),
  /** Signed log-odds per cell, row-major on `grid`; Σ = imageContribution. */
  map: z.object({ grid: planeGridSchema, values: z.array(z.number()) }),
  /** The crop that the model saw; `grid` in patient space. */
  sample: z.object({
    grid: planeGridSchema,
    centerMm: vec3Schema,
    diameterMm: z.number(),
    channels: z.array(channelUsedSchema),
    /** Who moved which series by hand, and when; absent where nobody did. */
    shifts: z.array(seriesShiftSchema).optional(),
  }),
  indexLesionId: z.string(),
  novelty: z.object({ distance: z.number(), limit: z.number() }).nullable(),
  /** The trunk's features as the network put them out, for comparing cases; absent where the package has none, and before they were kept. */
  features: z.array(z.number()).optional(),
  provider: z.string(),
  /** Of kept predictions alone, which were made while providers were tried in a fixed order. */
  providersRefused: z.array(z.object({ provider: z.string(), reason: z.string() })).optional(),
  model: z.object({
    id: z.string(),
    version: z.string(),
    status: modelStatusSchema,
    sha256: z.string(),
    criterion: responseCriterionSchema,
    baseRate: z.number(),
  }),
  appVersion: z.string(),
  timings: z.object({ totalMs: z.number(), sampleMs: z.number(), inferenceMs: z.number() }),
  warnings: z.array(predictionWarningSchema),
});
export type Prediction = z.infer<typeof predictionSchema>;

/** What the evidence of a hospital needs of a kept prediction: neither map nor sample. */
export const predictionFactsSchema = predictionSchema.pick({
  createdAt: true,
  probability: true,
  threshold: true,
  decision: true,
  withheldBecause: true,
  model: true,
  clinicalContributions: true,
  features: true,
});
export type PredictionFacts = z.infer<typeof predictionFactsSchema>;
