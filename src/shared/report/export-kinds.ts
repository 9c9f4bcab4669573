/** What a case can leave as, and what is said of it afterwards. */
import { z } from 'zod';

/** In the order in which they are made; `kos` names those before it. */
export const exportKinds = ['pdf', 'sr', 'sc', 'map', 'kos', 'fhir', 'json', 'csv'] as const;
export const exportKindSchema = z.enum(exportKinds);
export type ExportKind = z.infer<typeof exportKindSchema>;

/** Why one kind is not among what was written; the others are there all the same. */
export const notMadeReasons = [
  'no-prediction',
  'covered',
  'withheld',
  'no-arterial',
  'no-frame-of-reference',
  'no-key-images',
  'picture-unreadable',
  'nothing-to-name',
  'no-study',
  'may-name-patient',
] as const;
export const notMadeReasonSchema = z.enum(notMadeReasons);
export type NotMadeReason = z.infer<typeof notMadeReasonSchema>;

export const exportedCaseSchema = z.object({
  /** Names say nothing of a patient. */
  files: z.array(z.object({ name: z.string(), kind: exportKindSchema, bytes: z.int().nonnegative() })),
  /** The new folder in the chosen one that they are in; empty: the chosen one itself, which was empty. */
  folder: z.string(),
  notMade: z.array(z.object({ kind: exportKindSchema, reason: notMadeReasonSchema })),
  /** False: the study is not at hand, so that objects refer to places in the patient and to no image. */
  namesImages: z.boolean(),
});
export type ExportedCase = z.infer<typeof exportedCaseSchema>;

/** Those that are DICOM objects: what an image archive takes. */
export const sentKinds = ['pdf', 'sr', 'sc', 'map', 'kos'] as const satisfies readonly ExportKind[];
export const sentKindSchema = z.enum(sentKinds);
export type SentKind = z.infer<typeof sentKindSchema>;

export const sentCaseSchema = z.object({
  /** Objects that the archive says it has. */
  sent: z.int().nonnegative(),
  /** Of those that it did not take: its status for each (PS3.4 B.2.3). */
  refused: z.array(z.int()),
  notMade: exportedCaseSchema.shape.notMade,
  namesImages: z.boolean(),
});
export type SentCase = z.infer<typeof sentCaseSchema>;
