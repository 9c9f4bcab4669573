/** What a scan of a folder, DICOMDIR or zip found: headers only, no pixels read. */
import { z } from 'zod';
import { seriesFactsSchema } from './facts.ts';
import { stackGeometrySchema } from './geometry.ts';
import { messageParamsSchema, messageSchema } from './messages/message.ts';
import { roleDecisionSchema } from './roles.ts';

/** A file that was left out, and why. It never hides the others. */
export const skippedFileSchema = z.object({
  /** Path relative to what was opened. */
  file: z.string(),
  /** Stable code, e.g. `not-dicom`, `truncated`, `empty`, `not-an-image`, `duplicate`. */
  code: z.string(),
  reason: z.string(),
  /** The reason by its own, finer code (`messages/refusals.ts`). */
  message: messageSchema.optional(),
});
export type SkippedFile = z.infer<typeof skippedFileSchema>;

/** One remark about quality, e.g. the LI-RADS minimum (clinical.md 1e). */
export const qualityNoteSchema = z.object({
  code: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  text: z.string(),
  /** Values of the sentence, to be said in another language (`messages/notes.ts`). */
  params: messageParamsSchema.optional(),
});
export type QualityNote = z.infer<typeof qualityNoteSchema>;

/**
 * One displayable stack: a DICOM series, or one phase or echo of it when a series holds several.
 * `id` is stable for the same input: SeriesInstanceUID, plus `#` and the part where the series was split.
 */
export const scannedSeriesSchema = z.object({
  id: z.string(),
  seriesInstanceUID: z.string(),
  /** Why this stack was split from its series, e.g. `echo 2 of 2 (TE 4.6 ms)`. */
  part: z.string().optional(),
  /** `part` by codes, one for each division (`messages/stacks.ts`). */
  partMessages: z.array(messageSchema).optional(),
  description: z.string(),
  modality: z.string(),
  seriesNumber: z.number().optional(),
  instances: z.int().positive(),
  rows: z.int().nonnegative(),
  columns: z.int().nonnegative(),
  /** Absent where the stack cannot be placed in patient space; then `unplaced` says why. */
  geometry: stackGeometrySchema.optional(),
  unplaced: z.string().optional(),
  unplacedMessage: messageSchema.optional(),
  /** Seconds after the start of contrast injection, where it is known. */
  secondsAfterContrast: z.number().optional(),
  facts: seriesFactsSchema,
  suggestion: roleDecisionSchema,
  notes: z.array(qualityNoteSchema),
});
export type ScannedSeries = z.infer<typeof scannedSeriesSchema>;

/** Identity as it stands in the files; shown, stored encrypted, never logged. */
export const patientIdentitySchema = z.object({
  patientName: z.string(),
  /** Groups of PN (PS3.5 6.2): alphabetic, ideographic, phonetic. */
  nameGroups: z.object({ alphabetic: z.string(), ideographic: z.string(), phonetic: z.string() }).partial().optional(),
  patientId: z.string(),
  /** IssuerOfPatientID (0010,0021): whose number the ID is. */
  issuer: z.string().optional(),
  birthDate: z.string().optional(),
  sex: z.string().optional(),
  /** The name or ID broke its declared character set and was read as this one, e.g. `GB 18030`. */
  guessedEncoding: z.string().optional(),
});
export type PatientIdentity = z.infer<typeof patientIdentitySchema>;

export const scannedStudySchema = z.object({
  studyInstanceUID: z.string(),
  patient: patientIdentitySchema,
  studyDate: z.string().optional(),
  studyDescription: z.string().optional(),
  accessionNumber: z.string().optional(),
  /** PatientAge at the study, or computed from birth and study date, years. */
  ageYears: z.number().optional(),
  manufacturer: z.string().optional(),
  fieldStrengthT: z.number().optional(),
  contrastAgent: z.string().optional(),
  series: z.array(scannedSeriesSchema),
  notes: z.array(qualityNoteSchema),
});
export type ScannedStudy = z.infer<typeof scannedStudySchema>;

export const openedStudiesSchema = z.object({
  /** Handle for this opened input; valid until it is closed or the application ends. */
  openId: z.string(),
  /** What was opened, for the user (last path component). */
  name: z.string(),
  studies: z.array(scannedStudySchema),
  skipped: z.array(skippedFileSchema),
  files: z.int().nonnegative(),
  elapsedMs: z.number(),
  /** The study of the made-up patient that the application brings. */
  simulated: z.boolean().optional(),
});
export type OpenedStudies = z.infer<typeof openedStudiesSchema>;
