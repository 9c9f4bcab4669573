import { because } from '#shared/study/messages/role-reasons.ts';
import { text } from '../../series/fact-values.ts';
import { weights } from '../evidence.ts';
import type { RoleRule } from './rule.ts';

/** Only MR images have a role. A missing modality says nothing. */
export const modality: RoleRule = ({ facts }) => {
  const value = text(facts, 'Modality').toUpperCase();
  if (value === '' || value === 'MR') return [];
  return [
    {
      rule: 'modality',
      role: 'other',
      weight: weights.decisive,
      excludes: true,
      ...because('not-mr', { modality: value }),
    },
  ];
};
