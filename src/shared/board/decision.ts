/** What a board decided about one case, with the snapshot of what it saw. */
import { z } from 'zod';
import { daySchema } from '../course/time-point.ts';
import { recalibratedResultSchema } from '../evidence/recalibration/recalibrated-result.ts';
import { modelStatusSchema, responseCriterionSchema } from '../model/manifest.ts';
import { decisionSchema as verdictSchema, withheldReasonSchema } from '../model/prediction.ts';

export const treatments = [
  'haic',
  'haic-systemic',
  'tace',
  'systemic',
  'resection',
  'transplant',
  'ablation',
  'radiotherapy',
  'work-up',
  'supportive',
  'other',
] as const;
export type Treatment = (typeof treatments)[number];

/** Professions of a liver tumour board. */
export const boardRoles = [
  'surgery',
  'hepatology',
  'oncology',
  'interventional-radiology',
  'diagnostic-radiology',
  'radiotherapy',
  'pathology',
  'nursing',
  'other',
] as const;

export const priorities = ['urgent', 'soon', 'routine'] as const;
export const agreements = ['agree', 'disagree', 'not-used'] as const;
/** `before`, `after`: the model was shown before, or only after, the board had voted. */
export const seenSchema = z.enum(['before', 'after', 'not-shown']);

const words = z.string().trim().max(1_000);

export const optionSchema = z.object({
  treatment: z.enum(treatments),
  /** What it is, where the name alone does not say. */
  detail: z.string().trim().max(200),
  for: words,
  against: words,
});

/** What a person enters. */
export const decisionEntrySchema = z.object({
  options: z.array(optionSchema).min(1).max(12),
  recommendation: z.enum(treatments),
  priority: z.enum(priorities),
  agreement: z.enum(agreements),
  agreementReason: words,
  participants: z
    .array(z.object({ role: z.enum(boardRoles), name: z.string().trim().max(100) }))
    .min(1)
    .max(40),
  dissent: z.array(z.object({ role: z.enum(boardRoles), text: words.min(1) })).max(20),
  wish: words,
  owner: z.string().trim().min(1).max(100),
  due: daySchema,
});
export type DecisionEntry = z.infer<typeof decisionEntrySchema>;

/** What was shown of the model. A withheld one has its reasons and no number. */
export const modelShownSchema = z.object({
  predictionId: z.string(),
  createdAt: z.string(),
  id: z.string(),
  version: z.string(),
  sha256: z.string(),
  status: modelStatusSchema,
  criterion: responseCriterionSchema,
  /** Share of responders that the model was made with, 0–1. */
  baseRate: z.number(),
  decision: verdictSchema,
  withheldBecause: z.array(withheldReasonSchema),
  probability: z.number().nullable(),
  interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).nullable(),
  threshold: z.number().nullable(),
  /** What this hospital's own outcomes made of it then; absent where nothing was in force, and where it is withheld. */
  recalibrated: recalibratedResultSchema.optional(),
  /** Log-odds, largest first; `image` stands for the image. */
  reasons: z.array(z.object({ factor: z.string(), contribution: z.number() })),
  warnings: z.int().nonnegative(),
});
export type ModelShown = z.infer<typeof modelShownSchema>;

export const snapshotSchema = z.object({
  question: z.string(),
  presenter: z.string(),
  /** The revision of the case that was on screen. */
  caseRevision: z.int().positive(),
  seen: seenSchema,
  /** Null where the case has none in force, and where it was not shown. */
  model: modelShownSchema.nullable(),
  staging: z.array(z.object({ score: z.string(), grade: z.string(), edition: z.string() })),
  /** Hashes of the pictures that were kept with the case. */
  keyImageIds: z.array(z.string()),
});
export type Snapshot = z.infer<typeof snapshotSchema>;

export const keptDecisionSchema = decisionEntrySchema.extend({ date: daySchema, snapshot: snapshotSchema });
export type KeptDecision = z.infer<typeof keptDecisionSchema>;

/** One version of a decision, as the records hold it. */
export const decisionVersionSchema = z.object({
  sequence: z.int(),
  meetingId: z.string(),
  at: z.string(),
  by: z.string(),
  /** Why the version before was amended. */
  amendment: z.string().nullable(),
  body: keptDecisionSchema,
});
export type DecisionVersion = z.infer<typeof decisionVersionSchema>;

/** What a board saw of the model, and thought of it, is the model too. */
export const withoutModel = (version: DecisionVersion): DecisionVersion => {
  const { body } = version;
  const snapshot: Snapshot = { ...body.snapshot, seen: 'not-shown', model: null };
  return { ...version, body: { ...body, agreement: 'not-used', agreementReason: '', snapshot } };
};

export type DecisionProblem =
  | 'recommendation-not-considered'
  | 'option-twice'
  | 'reason-missing'
  | 'nothing-shown'
  | 'due-before-meeting';

/** Why a decision is not kept; undefined where nothing speaks against it. */
export const decisionProblem = (
  entry: DecisionEntry,
  shown: { model: ModelShown | null; date: string },
): DecisionProblem | undefined => {
  const considered = entry.options.map(({ treatment }) => treatment);
  if (!considered.includes(entry.recommendation)) return 'recommendation-not-considered';
  const named = entry.options.map(({ treatment, detail }) => `${treatment} ${detail.toLowerCase()}`);
  if (new Set(named).size !== named.length) return 'option-twice';
  const isJudged = entry.agreement !== 'not-used';
  // Nobody agrees with a number that was not there: not shown, or withheld.
  if (isJudged && shown.model?.probability == null) return 'nothing-shown';
  if (entry.agreement === 'disagree' && entry.agreementReason === '') return 'reason-missing';
  return entry.due < shown.date ? 'due-before-meeting' : undefined;
};
