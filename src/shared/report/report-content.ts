/**
 * What a report says: one value, made from the kept case and its prediction in force, that page, PDF, HTML and the
 * objects for other systems are all made from. It names codes, numbers and instants, no sentences; only what a model
 * package itself says in words is in the report's language. Nothing in it is of the hour in which it is printed, so that
 * the report of a case is the same next year. Lengths in mm, probabilities 0–1, contributions in log-odds.
 */
import { z } from 'zod';
import { agreements, boardRoles, priorities, seenSchema, treatments } from '../board/decision.ts';
import { pictureIdSchema, pictureTypeSchema } from '../cases/key-image.ts';
import { comparators, factorIdSchema } from '../clinical/factor-values.ts';
import { holdFlagIds } from '../clinical/hold-flags.ts';
import { responseCodes } from '../clinical/response/timeline.ts';
import { scoreIds } from '../clinical/scores/score.ts';
import { recalibratedResultSchema } from '../evidence/recalibration/recalibrated-result.ts';
import { modelStatusSchema, responseCriterionSchema } from '../model/manifest.ts';
import { decisionSchema, predictionWarningSchema, withheldReasonSchema } from '../model/prediction.ts';
import { modelRoleSchema } from '../study/roles.ts';
import { patientIdentitySchema } from '../study/study.ts';
import { languageSchema } from '../words/language.ts';

/** Of this shape. A reader that finds another number does not guess. */
export const REPORT_SCHEMA = 1;

const share = z.number().min(0).max(1);
const intervalSchema = z.object({ level: share, low: share, high: share, widened: z.boolean() });
const paramsSchema = z.record(z.string(), z.union([z.string(), z.number()]));

/** SHA-256 of a content as canonical JSON, lower-case hex. */
export const contentHashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** One slice of one role, without and with the map of the prediction in force; never a map of a withheld one. */
export const reportImageSchema = z.object({
  role: modelRoleSchema,
  seriesId: z.string(),
  /** Zero-based. */
  sliceIndex: z.int().nonnegative(),
  origin: z.enum(['index-lesion', 'kept']),
  plain: z.object({ id: pictureIdSchema, mediaType: pictureTypeSchema }).nullable(),
  mapped: z.object({ id: pictureIdSchema, mediaType: pictureTypeSchema }).nullable(),
});
export type ReportImage = z.infer<typeof reportImageSchema>;

export const reportLesionSchema = z.object({
  /** Of the kept case. */
  id: z.string(),
  label: z.string(),
  kind: z.enum(['target', 'non-target']),
  /** The model looks at this one. */
  isIndex: z.boolean(),
  seriesId: z.string(),
  longMm: z.number(),
  shortMm: z.number().nullable(),
});
export type ReportLesion = z.infer<typeof reportLesionSchema>;

export const contributionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('base'), contribution: z.number() }),
  z.object({ kind: z.literal('image'), contribution: z.number() }),
  z.object({
    kind: z.literal('factor'),
    factor: z.string(),
    /** In the model's unit; null where it is missing. */
    value: z.number().nullable(),
    /** The option that the value stands for, of a choice. */
    option: z.string().nullable(),
    unit: z.string(),
    countedAs: z.number().nullable(),
    contribution: z.number(),
  }),
]);
export type ReportContribution = z.infer<typeof contributionSchema>;

/** The result at the response rate that was entered for these patients; `none`: the package gives nothing to do it with. */
export const atBaseRateSchema = z.discriminatedUnion('basis', [
  z.object({
    basis: z.literal('population'),
    rate: share,
    cohort: z.string(),
    patients: z.int(),
    probability: share,
    low: share.nullable(),
    high: share.nullable(),
    ppv: share.nullable(),
    npv: share.nullable(),
  }),
  z.object({
    basis: z.literal('metrics'),
    rate: share,
    cohort: z.string(),
    n: z.int(),
    sensitivity: share,
    specificity: share,
    ppv: share.nullable(),
    npv: share.nullable(),
  }),
  z.object({ basis: z.literal('none'), rate: share }),
]);
export type ReportAtBaseRate = z.infer<typeof atBaseRateSchema>;

/** Another model of the same inputs; without a number where that is withheld. */
const comparedSchema = z.object({
  predictionId: z.string(),
  id: z.string(),
  version: z.string(),
  status: modelStatusSchema,
  criterion: responseCriterionSchema,
  decision: decisionSchema,
  probability: share.nullable(),
  interval: intervalSchema.nullable(),
  threshold: share.nullable(),
  warnings: z.int().nonnegative(),
});
export type ReportCompared = z.infer<typeof comparedSchema>;

export const reportResultSchema = z.discriminatedUnion('state', [
  /** The case has no prediction in force. */
  z.object({ state: z.literal('none') }),
  /** A board that keeps the model covered has not voted yet; `meetings`: their days. */
  z.object({ state: z.literal('covered'), meetings: z.array(z.string()) }),
  z.object({
    state: z.literal('withheld'),
    predictionId: z.string(),
    computedAt: z.string(),
    because: z.array(withheldReasonSchema),
  }),
  z.object({
    state: z.literal('shown'),
    predictionId: z.string(),
    computedAt: z.string(),
    /** What the probability is of, e.g. `CR`, `PR`; null where the model is gone. */
    event: z.array(z.string()).nullable(),
    probability: share,
    interval: intervalSchema.nullable(),
    /** Why there is no interval: the package gives none, or cannot say how far what is missing reaches. */
    noInterval: z.enum(['none-given', 'unknown']).nullable(),
    threshold: share,
    thresholdMethod: z.string().nullable(),
    decision: z.enum(['above-threshold', 'below-threshold']),
    logit: z.number(),
    /** Base, image, then factors by size: they add up to the logit. */
    contributions: z.array(contributionSchema),
    atBaseRate: atBaseRateSchema.nullable(),
    /** In the place of a response rate that was entered; absent where none is in force, as in reports of before there were any. */
    recalibrated: recalibratedResultSchema.optional(),
    compared: comparedSchema.nullable(),
  }),
]);
export type ReportResult = z.infer<typeof reportResultSchema>;

/** Null where the case has no prediction in force, or the board may not know of it yet. */
export const reportModelSchema = z.object({
  id: z.string(),
  version: z.string(),
  status: modelStatusSchema,
  sha256: z.string(),
  criterion: responseCriterionSchema,
  /** Share of responders that it was made with. */
  baseRate: share,
  /** Of this application, when it computed. */
  appVersion: z.string(),
  provider: z.string(),
});
export type ReportModel = z.infer<typeof reportModelSchema>;

export const reportFactorSchema = z.object({
  id: factorIdSchema,
  /** As it was entered: a report rounds nothing. A choice's option by its id. */
  value: z.union([z.number(), z.string()]),
  comparator: z.enum(comparators).nullable(),
  unit: z.string().nullable(),
  assay: z.string().nullable(),
  ngPerIU: z.number().nullable(),
  /** ISO 8601 day of the sample. */
  date: z.string().nullable(),
  origin: z.enum(['user', 'lesion', 'study']),
  /** The rule that the value meets, where there is one. */
  flag: z.enum(['hold', 'caution']).nullable(),
});
export type ReportFactor = z.infer<typeof reportFactorSchema>;

export const reportScoreSchema = z.object({
  id: z.enum(scoreIds),
  value: z.number().nullable(),
  grade: z.string().nullable(),
  /** Of the staging system, where it has editions. */
  edition: z.string().nullable(),
  /** Speaks of the same question as the model. */
  isComparator: z.boolean(),
});
export type ReportScore = z.infer<typeof reportScoreSchema>;

export const reportFlagSchema = z.object({
  id: z.enum(holdFlagIds),
  kind: z.enum(['hold', 'caution']),
  value: z.number().nullable(),
  rule: z.string(),
});
export type ReportFlag = z.infer<typeof reportFlagSchema>;

export const reportDecisionSchema = z.object({
  meetingId: z.string(),
  date: z.string(),
  /** Locked at, and by whom. */
  at: z.string(),
  by: z.string(),
  amendment: z.string().nullable(),
  question: z.string(),
  presenter: z.string(),
  options: z.array(
    z.object({ treatment: z.enum(treatments), detail: z.string(), for: z.string(), against: z.string() }),
  ),
  recommendation: z.enum(treatments),
  priority: z.enum(priorities),
  /** What the board thought of the model; `not-used`, without a word, where the model may not be seen. */
  agreement: z.enum(agreements),
  agreementReason: z.string(),
  seen: seenSchema,
  participants: z.array(z.object({ role: z.enum(boardRoles), name: z.string() })),
  dissent: z.array(z.object({ role: z.enum(boardRoles), text: z.string() })),
  wish: z.string(),
  owner: z.string(),
  due: z.string(),
});
export type ReportDecision = z.infer<typeof reportDecisionSchema>;

export const reportCourseSchema = z.object({
  state: z.enum(['open', 'closed']),
  cycles: z.int().nonnegative(),
  followUps: z.int().nonnegative(),
  /** Best response so far, each by its own criterion. */
  best: z.object({ 'recist-1.1': z.enum(responseCodes).nullable(), mrecist: z.enum(responseCodes).nullable() }),
});
export type ReportCourse = z.infer<typeof reportCourseSchema>;

export const reportContentSchema = z.object({
  schema: z.literal(REPORT_SCHEMA),
  language: languageSchema,
  /** When the newest of what it says was kept: the date that the report bears, whenever it is made. */
  date: z.string(),
  /** The kept state that is reported. */
  case: z.object({ id: z.string(), revision: z.int().positive(), savedAt: z.string() }),
  /** A made-up patient. */
  simulated: z.boolean(),
  /** Made while identities were hidden: nothing here names the patient. */
  identityHidden: z.boolean(),
  patient: patientIdentitySchema,
  ageYears: z.number().nullable(),
  study: z.object({
    studyInstanceUID: z.string(),
    date: z.string().nullable(),
    description: z.string().nullable(),
    accessionNumber: z.string().nullable(),
    modalities: z.array(z.string()),
    fieldStrengthT: z.number().nullable(),
    contrastAgent: z.string().nullable(),
    series: z.int().nonnegative(),
  }),
  note: z.string(),
  images: z.array(reportImageSchema),
  /** Who confirmed which series plays which role. */
  confirmedBy: z.array(z.string()),
  lesions: z.array(reportLesionSchema),
  result: reportResultSchema,
  model: reportModelSchema.nullable(),
  /** Without any probability where the result is not shown. */
  warnings: z.array(predictionWarningSchema.extend({ params: paramsSchema.optional() })),
  factors: z.array(reportFactorSchema),
  /** Entries that were refused and are no values. */
  refusedFactors: z.array(factorIdSchema),
  scores: z.array(reportScoreSchema),
  flags: z.array(reportFlagSchema),
  /** Newest first, each meeting's version in force. */
  decisions: z.array(reportDecisionSchema),
  /** Null before anything followed the prediction. */
  course: reportCourseSchema.nullable(),
});
export type ReportContent = z.infer<typeof reportContentSchema>;
