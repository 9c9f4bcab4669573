/**
 * model.json, the manifest of a model package: a folder with `model.onnx`, `model.json`, `MODEL_CARD.md` and the
 * reference input that proves an execution provider.
 *
 * ONNX inputs:  `image` [N, C, H, W], `clinical` [N, F], `clinical_mask` [N, F], all float32.
 * ONNX outputs: `logit` [N], `probability` [N], `cam` [N, 1, h, w], `image_contribution` [N],
 *               `clinical_contributions` [N, F], `logit_members` [N, K] (optional), `features` [N, D] (optional).
 * The head is additive: logit = bias + Σ cam + Σ_j clinical_contributions_j; probability = sigmoid(logit).
 */
import { z } from 'zod';
import { modelRoleSchema } from '../study/roles.ts';

const probability = z.number().min(0).max(1);
const intervalSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const modelStatusSchema = z.enum(['simulated', 'research', 'clinical']);
export type ModelStatus = z.infer<typeof modelStatusSchema>;

export const responseCriterionSchema = z.enum(['RECIST 1.1', 'mRECIST']);
export type ResponseCriterion = z.infer<typeof responseCriterionSchema>;

/**
 * One clinical input. `id` names a numeric model input of `src/shared/clinical/model-inputs.ts` (a factor in its
 * canonical unit, or a derived quantity such as `nlr`). The application computes
 * z = (transform(value) − center) / scale, or z = 0 and mask = 0 when it is missing; the model adds coefficient · z · mask.
 */
export const modelFactorSchema = z.object({
  id: z.string(),
  unit: z.string(),
  transform: z.enum(['identity', 'log10', 'log10p1', 'sqrt']),
  center: z.number(),
  scale: z.number().positive(),
  coefficient: z.number(),
  /** Range seen in training (2nd to 98th percentile), in `unit`, before the transform; null where it is yes/no. */
  range: z.tuple([z.number(), z.number()]).nullable(),
  /** What a value outside `range` counts as: the nearest end (`clamp`, also where absent), or itself (`linear`). */
  extrapolate: z.enum(['clamp', 'linear']).optional(),
  /** Of a choice: ids of the options that training saw. Another one contributes nothing. All are taken where absent. */
  categories: z.array(z.string()).min(1).optional(),
  /** Least and greatest log-odds that the factor gave the middle 90 % of the training patients; see `interval`. */
  spread: z.tuple([z.number(), z.number()]).optional(),
  /** What stands in for a missing value: z = 0, the training mean after the transform. */
  missing: z.literal('training-mean'),
});
export type ModelFactor = z.infer<typeof modelFactorSchema>;

export const cohortMetricsSchema = z.object({
  /** e.g. `cross-validation`, `internal validation`, `external`. */
  cohort: z.string(),
  n: z.int().positive(),
  events: z.int().nonnegative(),
  auc: intervalSchema.extend({ method: z.string() }),
  sensitivity: intervalSchema.optional(),
  specificity: intervalSchema.optional(),
  brier: z.number().optional(),
  calibrationSlope: z.number().optional(),
  calibrationIntercept: z.number().optional(),
  /** Best AUC that any model could reach, known because the cohort is simulated. */
  oracleAuc: z.number().optional(),
});
export type CohortMetrics = z.infer<typeof cohortMetricsSchema>;

/** What a package says in words, in another language than English. What is left out is said in English. */
export const packageTranslationSchema = z.object({
  name: z.string().optional(),
  architecture: z.string().optional(),
  event: z.string().optional(),
  thresholdMethod: z.string().optional(),
  intervalMethod: z.string().optional(),
  trainingCohort: z.string().optional(),
  /** In the order of `training.notes`. */
  notes: z.array(z.string()).optional(),
  /** By the cohort's name as `metrics`, `population` and `interval.coverage` have it. */
  cohorts: z.record(z.string(), z.string()).optional(),
});
export type PackageTranslation = z.infer<typeof packageTranslationSchema>;

export const modelManifestSchema = z.object({
  schema: z.literal(1),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
  version: z.string(),
  name: z.string(),
  status: modelStatusSchema,
  created: z.string(),
  architecture: z.string(),
  weights: z.object({
    file: z.string().regex(/^[\w.-]+$/),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.int().positive(),
    storedAs: z.enum(['float32', 'float16', 'int8']),
  }),
  event: z.object({
    name: z.string(),
    positive: z.array(z.string()),
    negative: z.array(z.string()),
    criterion: responseCriterionSchema,
  }),
  /** Share of responders in the training cohort. */
  baseRate: probability,
  channels: z
    .array(
      z.object({
        role: modelRoleSchema,
        required: z.boolean(),
        /** Change of the log-odds when the image is there instead of missing: 5th and 95th percentile in training. */
        spread: z.tuple([z.number(), z.number()]).optional(),
      }),
    )
    .min(1),
  /**
   * The same of all images that are not required, at once: the network is not additive in its images, so together they may
   * reach further than the sum (`inference/interval.ts`).
   */
  optionalImages: z.object({ spread: z.tuple([z.number(), z.number()]) }).optional(),
  /** Axial (LPS x–y) plane through the centre of the index lesion; field of view = clip(k · diameter, min, max) mm. */
  crop: z.object({
    plane: z.literal('axial'),
    size: z.int().positive(),
    fovPerDiameter: z.number().positive(),
    fovMinMm: z.number().positive(),
    fovMaxMm: z.number().positive(),
  }),
  /** Per channel: (x − median) / (1.4826 · MAD) over the crop, clipped to ± clip; what is outside the image or absent is 0. */
  normalisation: z.object({ method: z.literal('robust-z'), clip: z.number().positive() }),
  factors: z.array(modelFactorSchema),
  bias: z.number(),
  threshold: z.object({ value: probability, method: z.string() }),
  calibration: z.object({ method: z.string(), temperature: z.number().positive().optional() }),
  /**
   * Interval of a patient's probability: quantiles of logit_members, widened by the `spread` of what is missing
   * (`inference/interval.ts` has the formula).
   */
  interval: z
    .object({
      method: z.string(),
      level: probability,
      members: z.int().positive(),
      /** How often it held the true probability, where that is known, with so many factors missing. */
      coverage: z
        .array(
          z.object({ cohort: z.string(), n: z.int().positive(), missing: z.int().nonnegative(), share: probability }),
        )
        .optional(),
    })
    .optional(),
  /** Squared Mahalanobis distance of `features` to the training cohort; above `limit` the case is unlike it. */
  novelty: z
    .object({
      mean: z.array(z.number()),
      precision: z.array(z.array(z.number())),
      limit: z.number().positive(),
      quantile: probability,
    })
    .optional(),
  /**
   * Out-of-fold logits of the development cohort in bins of equal size: the population over which another response rate
   * is reached by moving the intercept (`src/shared/statistics/base-rate.ts`).
   */
  population: z
    .object({
      cohort: z.string(),
      bins: z.array(z.object({ logit: z.number(), n: z.int().positive() })).min(10),
    })
    .optional(),
  metrics: z.array(cohortMetricsSchema),
  training: z.object({
    cohort: z.string(),
    n: z.int().positive(),
    seed: z.int(),
    code: z.string(),
    /** Free, honest remarks: what the figures mean and do not mean. */
    notes: z.array(z.string()),
  }),
  /** By language, e.g. `zh-CN`. */
  translations: z.record(z.string(), packageTranslationSchema).optional(),
  /** Start-up self-test: raw little-endian float32 files beside the manifest, and what the outputs must be. */
  reference: z.object({
    image: z.string(),
    clinical: z.array(z.number()),
    clinicalMask: z.array(z.number()),
    expected: z.object({
      logit: z.number(),
      imageContribution: z.number(),
      clinicalContributions: z.array(z.number()),
      cam: z.array(z.number()),
    }),
    /** Log-odds; at most 0.01, a quarter of a percentage point: what another provider may round to, not err by. */
    tolerance: z.number().positive().max(0.01),
  }),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;
