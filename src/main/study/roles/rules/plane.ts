import { because } from '#shared/study/messages/role-reasons.ts';
import { imageRoles } from '../evidence.ts';
import type { RoleRule } from './rule.ts';

/** The method reads axial images; others remain a second choice for the same role. */
export const plane: RoleRule = (series) => {
  if (series.plane === undefined || series.plane === 'axial') return [];
  return [
    {
      rule: 'plane',
      cap: { value: 0.6, roles: imageRoles },
      ...because('not-axial', { plane: series.plane }),
    },
  ];
};
