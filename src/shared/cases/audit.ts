/** The audit log as a person reads it: who did what to which case and when. */
import { z } from 'zod';

/** One thing that an entry says; the case's own id is the only identifier that ever stands in one. */
export const auditFactSchema = z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) });
export type AuditFact = z.infer<typeof auditFactSchema>;

export const auditLineSchema = z.object({
  sequence: z.int(),
  at: z.string(),
  actor: z.string(),
  /** Signed in with a password; a name that nobody proved; or haicast itself. */
  proof: z.enum(['signed-in', 'unproved', 'program']),
  action: z.string(),
  caseId: z.string().nullable(),
  facts: z.array(auditFactSchema),
});
export type AuditLine = z.infer<typeof auditLineSchema>;

export const auditFilterSchema = z.object({
  caseId: z.string().max(100).optional(),
  actor: z.string().max(200).optional(),
  action: z.string().max(100).optional(),
  /** ISO 8601 in UTC; from the one on, before the other. */
  from: z.string().max(40).optional(),
  until: z.string().max(40).optional(),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

export const auditQuerySchema = auditFilterSchema.extend({
  /** The `next` of the page before. */
  before: z.int().positive().optional(),
  limit: z.int().positive().max(500).optional(),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** Newest first. */
export const auditPageSchema = z.object({ entries: z.array(auditLineSchema), next: z.int().nullable() });
export type AuditPage = z.infer<typeof auditPageSchema>;

/** What may be filtered by: everybody and everything that an entry names. */
export const auditNamesSchema = z.object({ actors: z.array(z.string()), actions: z.array(z.string()) });
export type AuditNames = z.infer<typeof auditNamesSchema>;
