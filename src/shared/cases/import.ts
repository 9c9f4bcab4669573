/** What an export of another installation holds, against what is here. */
import { z } from 'zod';
import { patientIdentitySchema } from '../study/study.ts';

/**
 * `new`: not here. `same`: here, exactly so. `different`: a case of this id is here and says something else; it stays as it is.
 * `trashed`: it lies in the trash here, whatever it says. `erased`: it was erased here, on purpose.
 */
export const importStates = ['new', 'same', 'different', 'trashed', 'erased'] as const;

/** Cases of an export that are told by name; further down nobody reads, and an export may hold any number. */
export const MOST_NAMED = 200;

export const importedCaseSchema = z.object({
  id: z.string(),
  state: z.enum(importStates),
  /** Another case of the same study is here. */
  studyKept: z.boolean(),
  patient: patientIdentitySchema,
  studyDate: z.string().optional(),
});
export type ImportedCase = z.infer<typeof importedCaseSchema>;

export const importResultSchema = z.object({
  /** Of the installation that wrote it. */
  from: z.string(),
  by: z.string(),
  exportedAt: z.string(),
  appVersion: z.string(),
  /** How many cases of it stand how. */
  counts: z.record(z.enum(importStates), z.int().nonnegative()),
  /** The first of them, those that need a look before the others. */
  cases: z.array(importedCaseSchema).max(MOST_NAMED),
  /** Damaged there, and not in the export. */
  unreadable: z.array(z.string()),
  /** Ids of the cases that were taken over; empty after a dry run. */
  kept: z.array(z.string()),
});
export type ImportResult = z.infer<typeof importResultSchema>;
