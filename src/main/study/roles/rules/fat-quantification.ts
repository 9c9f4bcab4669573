import { because } from '#shared/study/messages/role-reasons.ts';
import { asked, echoRoles, weights } from '../evidence.ts';
import { isOfFatQuantification, quantificationPart } from '../fat-quantification.ts';
import type { RoleRule } from './rule.ts';

/** Parts of a fat quantification are named as what they are: no contrast phase, and in- or opposed-phase only if asked. */
export const fatQuantification: RoleRule = (series, study) => {
  const kind = quantificationPart(series);
  if (kind === undefined || !isOfFatQuantification(series, study.series)) return [];
  const reason = because('quantification-part', { kind });
  return kind === 'water' || kind === 'fat'
    ? [{ rule: 'fat-quantification', role: 'other', weight: weights.decisive, excludes: true, ...reason }]
    : [{ rule: 'fat-quantification', cap: { value: asked, roles: echoRoles }, ...reason }];
};
