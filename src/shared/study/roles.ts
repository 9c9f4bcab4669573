/** The image roles of the method (Quan et al. 2024): six model inputs, the pre-contrast T1, and everything else. */
import { z } from 'zod';
import { messageParamsSchema } from './messages/message.ts';

export const modelRoles = ['arterial', 'portal-venous', 'delayed', 't2', 'in-phase', 'opposed-phase'] as const;
export const seriesRoles = [...modelRoles, 'pre-contrast', 'transitional', 'hepatobiliary', 'other'] as const;

export const modelRoleSchema = z.enum(modelRoles);
export const seriesRoleSchema = z.enum(seriesRoles);
export type ModelRole = z.infer<typeof modelRoleSchema>;
export type SeriesRole = z.infer<typeof seriesRoleSchema>;

/** One rule's say about one role. `outcome: 'against'` also explains why a role was not given. */
export const roleReasonSchema = z.object({
  /** Stable name of the rule, e.g. `contrast-timing`. */
  rule: z.string(),
  outcome: z.enum(['for', 'against', 'note']),
  role: seriesRoleSchema.optional(),
  /** English sentence with the DICOM values that decided. */
  text: z.string(),
  /** The same sentence by code and values, to be said in another language (`messages/role-reasons.ts`). */
  code: z.string().optional(),
  params: messageParamsSchema.optional(),
});
export type RoleReason = z.infer<typeof roleReasonSchema>;

export const roleDecisionSchema = z.object({
  role: seriesRoleSchema,
  /** 0–1. Below 0.5 the role is a question to the user, never taken silently. */
  confidence: z.number().min(0).max(1),
  reasons: z.array(roleReasonSchema),
});
export type RoleDecision = z.infer<typeof roleDecisionSchema>;

/** Which series plays which model role in a case. */
export const roleAssignmentSchema = z.object({
  role: modelRoleSchema,
  seriesId: z.string(),
  origin: z.enum(['suggested', 'user']),
  confirmedBy: z.string().optional(),
  /** ISO 8601. */
  confirmedAt: z.string().optional(),
});
export type RoleAssignment = z.infer<typeof roleAssignmentSchema>;
