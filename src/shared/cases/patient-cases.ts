/** Everything that is kept of one patient, to be erased together. */
import { z } from 'zod';
import { patientIdentitySchema } from '../study/study.ts';

/**
 * `certain`: the same ID of the same issuer, and neither name nor birth date speaks against it. `id`: the same ID, and one of
 * them does. `name`: the same name and birth date under another ID, or none. A person decides about the last two.
 */
export const patientMatches = ['certain', 'id', 'name'] as const;
export type PatientMatch = (typeof patientMatches)[number];

export const patientCaseSchema = z.object({
  id: z.string(),
  match: z.enum(patientMatches),
  patient: patientIdentitySchema,
  studyInstanceUID: z.string(),
  studyDate: z.string().optional(),
  updatedAt: z.string(),
  trashedAt: z.string().nullable(),
});
export type PatientCase = z.infer<typeof patientCaseSchema>;

export const patientCasesSchema = z.object({
  /** The asked one first. */
  cases: z.array(patientCaseSchema),
  /** Cases that cannot be read, so that nobody knows whose they are. */
  unreadable: z.int(),
  /** Backups of before hold what is erased now. */
  backups: z.object({
    count: z.int(),
    /** The day by which the rotation has removed the last of them, while backups are made every month; null where there is none. */
    goneBy: z.string().nullable(),
  }),
  /** Files in the data folder that were put aside by a restore or a mending. */
  aside: z.array(z.string()),
});
export type PatientCases = z.infer<typeof patientCasesSchema>;
