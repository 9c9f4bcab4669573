/** A course that a study may be a follow-up of. */
import { z } from 'zod';
import { patientIdentitySchema } from '../study/study.ts';
import { personVerdicts } from './same-person.ts';

export const personItemsSchema = z.array(z.enum(['name', 'id', 'birthDate', 'sex']));

export const courseCandidateSchema = z.object({
  caseId: z.string(),
  patient: patientIdentitySchema,
  baseline: z.string(),
  studyDescription: z.string().optional(),
  followUps: z.int().nonnegative(),
  closed: z.boolean(),
  verdict: z.enum(personVerdicts),
  agreeing: personItemsSchema,
  differing: personItemsSchema,
});
export type CourseCandidate = z.infer<typeof courseCandidateSchema>;
