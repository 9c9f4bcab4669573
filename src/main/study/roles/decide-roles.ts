import type { SeriesFacts } from '#shared/study/facts.ts';
import type { RoleDecision } from '#shared/study/roles.ts';
export const decideRoles = (study: readonly SeriesFacts[]): RoleDecision[] =>
  study.map(() => ({ role: 'other', confidence: 0, reasons: [] }));
