import { because } from '#shared/study/messages/role-reasons.ts';
import { weights } from '../evidence.ts';
import { excludedByName } from '../excluded-by-name.ts';
import { quantificationPart } from '../fat-quantification.ts';
import type { RoleRule } from './rule.ts';

/** Longest echo time of a T2 image of the liver; bile-duct images go far beyond it. */
const longestT2EchoMs = 300;

/** Series that their name declares to be none of the six images. */
export const excludedName: RoleRule = (series) => {
  const found = excludedByName(series);
  if (series.echoTime !== undefined && series.echoTime >= longestT2EchoMs) {
    return [
      {
        rule: 'excluded-name',
        role: 'other',
        weight: weights.decisive,
        excludes: true,
        ...because('very-long-echo', { te: series.echoTime }),
      },
    ];
  }
  if (!found) return [];
  const part = quantificationPart(series);
  // A diffusion series whose name says T2 may be its b = 0 image, which radiologists do read as T2: asked.
  const ambiguous = found.what === 'diffusion' && series.says.t2;
  return [
    {
      rule: 'excluded-name',
      role: 'other',
      weight: ambiguous ? weights.abbreviation : weights.decisive - 0.5,
      excludes: !ambiguous,
      ...(found.what === 'quantitative' && part
        ? because('quantification-part', { kind: part })
        : because('name-excluded', { description: series.description, exclusion: found.what })),
    },
  ];
};
