/** A kept case: everything the screen showed, with the provenance that made it. */
import { z } from 'zod';
import { factorValuesSchema } from '../clinical/factor-values.ts';
import { responseCodes } from '../clinical/response/timeline.ts';
import { decisionSchema, predictionSchema, withheldReasonSchema } from '../model/prediction.ts';
import { lesionSchema } from '../study/lesion.ts';
import { markSchema } from '../study/mark.ts';
import { roleAssignmentSchema } from '../study/roles.ts';
import { seriesShiftsSchema } from '../study/series-shift.ts';
import { scannedStudySchema } from '../study/study.ts';
import { keyImageSchema } from './key-image.ts';

export const caseDraftSchema = z.object({
  /** Absent for a new case; saving over an existing one supersedes, never overwrites, its prediction. */
  caseId: z.string().optional(),
  /** The revision of the case that was changed; without it a kept case is not saved. */
  revision: z.int().nonnegative().optional(),
  /** Absent for a kept case whose images are no longer to be had: its study and source stay the ones it was kept with. */
  openId: z.string().optional(),
  studyInstanceUID: z.string(),
  roles: z.array(roleAssignmentSchema),
  lesions: z.array(lesionSchema),
  /** Marks that are no lesions; absent: as they are kept. */
  marks: z.array(markSchema).optional(),
  /** Series that were moved by hand; absent: as they are kept. */
  shifts: seriesShiftsSchema.optional(),
  factors: factorValuesSchema,
  /** A prediction that this application made in this session (or the case's own). */
  predictionId: z.string().optional(),
  baseRate: z.number().min(0).max(1).optional(),
  note: z.string().max(10_000).optional(),
  /** All of them, with pictures that were handed over before or are the case's own; absent: as they are kept. */
  keyImages: z.array(keyImageSchema).optional(),
  /** The model that was chosen for the case; absent: the default one. */
  modelId: z.string().optional(),
  /** What another model says of the same inputs, to be kept beside the prediction; made or kept as that. */
  comparisonId: z.string().optional(),
});
export type CaseDraft = z.infer<typeof caseDraftSchema>;

/** `none`: there never were images here; `simulated`: of the demonstration history, without images. */
export const sourceKinds = ['path', 'demo', 'upload', 'none', 'simulated'] as const;

export const savedCaseSchema = z.object({
  id: z.string(),
  /** Counts its saves, from 1. */
  revision: z.int().positive(),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Where the images were; empty where there are none, and for the demonstration study, which the application carries. */
  source: z.object({ kind: z.enum(sourceKinds), path: z.string() }),
  study: scannedStudySchema,
  roles: z.array(roleAssignmentSchema),
  lesions: z.array(lesionSchema),
  /** Marks that are no lesions; absent where there are none. */
  marks: z.array(markSchema).optional(),
  /** Series that were moved by hand; absent where none was. */
  shifts: seriesShiftsSchema.optional(),
  factors: factorValuesSchema,
  baseRate: z.number().nullable(),
  note: z.string(),
  /** Without their pixels, in the order in which they were kept. */
  keyImages: z.array(keyImageSchema),
  /** Newest first; the first is the one in force. */
  predictions: z.array(predictionSchema),
  /** True where the inputs were saved again after the newest prediction: it is no longer about them. */
  predictionOutdated: z.boolean().optional(),
  /** The model that was chosen for it, used or not; absent where nobody chose. */
  modelId: z.string().optional(),
  /** What another model says of the inputs of the prediction in force; no prediction of the case. */
  comparison: predictionSchema.optional(),
  trashedAt: z.string().nullable(),
});
export type SavedCase = z.infer<typeof savedCaseSchema>;

/** What a change left in the records, so that whoever asked for it says what is true and not what was meant. */
export const storedCaseSchema = savedCaseSchema.pick({ id: true, trashedAt: true });
export type StoredCase = z.infer<typeof storedCaseSchema>;

export const caseCourseSchema = z.object({
  state: z.enum(['open', 'closed']),
  /** ISO 8601 day of the next imaging. */
  followUpDue: z.string().nullable(),
  outcomeMissing: z.boolean(),
  followUps: z.int(),
  cycles: z.int(),
  /** Best response so far, each by its own criterion. */
  best: z.object({ 'recist-1.1': z.enum(responseCodes).nullable(), mrecist: z.enum(responseCodes).nullable() }),
});

/** `due`: an imaging was due before or on the day that is asked about; `outcome-missing`: nothing says how it came out. */
export const courseFilters = ['open', 'closed', 'due', 'outcome-missing'] as const;

export const caseSummarySchema = z.object({
  id: z.string(),
  patientName: z.string(),
  patientId: z.string(),
  studyDate: z.string().optional(),
  studyDescription: z.string().optional(),
  updatedAt: z.string(),
  /** Null where there is no prediction, and where its number is withheld. */
  probability: z.number().nullable(),
  interval: z.object({ level: z.number(), low: z.number(), high: z.number() }).nullable(),
  decision: decisionSchema.nullable(),
  /** Why the number is withheld; empty where it is not. */
  withheldBecause: z.array(withheldReasonSchema),
  modelId: z.string().nullable(),
  modelVersion: z.string().nullable(),
  modelStatus: z.string().nullable(),
  status: z.enum(['in-progress', 'predicted']),
  trashedAt: z.string().nullable(),
  /** What follows the prediction; absent where nothing does yet. */
  course: caseCourseSchema.optional(),
  /** Of the demonstration history, which is made up. */
  simulated: z.boolean().optional(),
  /** Whoever asked reads it in a reader study and is not through: what the model and the course say of it is not told. */
  covered: z.boolean().optional(),
  /** The history is damaged where this case is kept: it cannot be opened. What is not known of it is empty. */
  unreadable: z.boolean().optional(),
});
export type CaseSummary = z.infer<typeof caseSummarySchema>;

/** What the list can be sorted by. `changed`, newest first, is the order of saving. */
export const caseColumnSchema = z.enum(['changed', 'patient', 'patientId', 'studyDate', 'probability', 'model']);
export type CaseColumn = z.infer<typeof caseColumnSchema>;

export const caseSortSchema = z.object({ by: caseColumnSchema, descending: z.boolean() });
export type CaseSort = z.infer<typeof caseSortSchema>;

/** Where a page ended: the place of its last case, and the value that it was sorted by. */
export const caseCursorSchema = z.object({
  position: z.int().nonnegative(),
  key: z.union([z.string(), z.number(), z.null()]),
});
export type CaseCursor = z.infer<typeof caseCursorSchema>;

export const caseQuerySchema = z.object({
  text: z.string().max(200).optional(),
  status: z.enum(['in-progress', 'predicted']).optional(),
  decision: decisionSchema.optional(),
  trashed: z.boolean().optional(),
  course: z.enum(courseFilters).optional(),
  /** The day that `due` is asked about, ISO 8601. */
  today: z.iso.date().optional(),
  studyInstanceUID: z.string().optional(),
  limit: z.int().positive().max(500).optional(),
  /** Cases without the value come last, whichever way. Newest change first where nothing is said. */
  sort: caseSortSchema.optional(),
  /** The `next` of the page before, of the same sort: as quick at the end of a long history as at its beginning. */
  after: caseCursorSchema.optional(),
});
export type CaseQuery = z.infer<typeof caseQuerySchema>;

export const casePageSchema = z.object({
  cases: z.array(caseSummarySchema),
  /** How many match in all; at least so many where `isMore`. */
  total: z.int(),
  /** A search stops counting at a thousand. */
  isMore: z.boolean(),
  next: caseCursorSchema.nullable(),
});
export type CasePage = z.infer<typeof casePageSchema>;

export const auditEntrySchema = z.object({
  sequence: z.int(),
  at: z.string(),
  actor: z.string(),
  action: z.string(),
  caseId: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  hash: z.string(),
  previousHash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;

/** What a verification found. */
export const recordsVerdictSchema = z.object({
  intact: z.boolean(),
  /** First thing that does not fit, by ids and numbers. */
  problem: z.string().optional(),
  /** Every case that is not as it was last saved, or cannot be read. */
  damagedCases: z.array(z.string()).optional(),
  /** What was looked at: everything, or what was written after the last verification that found all as it was. */
  scope: z.enum(['new', 'whole']).optional(),
  /** With `new`: when that verification was. */
  since: z.string().optional(),
  entries: z.int().optional(),
  cases: z.int().optional(),
  /** The pages of the file were not looked at, though `whole` was asked for: on a full disk its log cannot be emptied first. */
  pagesNotSeen: z.boolean().optional(),
});
export type RecordsVerdict = z.infer<typeof recordsVerdictSchema>;
