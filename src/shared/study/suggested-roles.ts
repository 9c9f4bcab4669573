import type { RoleAssignment } from './roles.ts';
import { modelRoles } from './roles.ts';
import type { ScannedSeries } from './study.ts';

/** Below this confidence a role is a question to the user, never taken silently. */
export const ROLE_CONFIDENCE = 0.5;

/** For every model role the series that the role engine is surest of; none where it is not sure enough. */
export const suggestedRoles = (
  series: readonly Pick<ScannedSeries, 'id' | 'suggestion'>[],
  threshold = ROLE_CONFIDENCE,
): RoleAssignment[] =>
  modelRoles.flatMap((role): RoleAssignment[] => {
    const [best] = series
      .filter(({ suggestion }) => suggestion.role === role && suggestion.confidence >= threshold)
      .sort((a, b) => b.suggestion.confidence - a.suggestion.confidence);
    return best ? [{ role, seriesId: best.id, origin: 'suggested' }] : [];
  });
