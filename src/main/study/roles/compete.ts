/** Several series for one role: the better one keeps it, the others are told why they come second. */
import type { englishWords } from '#shared/study/messages/english.ts';
import { because } from '#shared/study/messages/role-reasons.ts';
import type { RoleDecision, SeriesRole } from '#shared/study/roles.ts';
import { ROLE_CONFIDENCE } from '#shared/study/suggested-roles.ts';
import { text } from '../series/fact-values.ts';
import { imageRoles, isPhaseRole } from './evidence.ts';
import type { SeriesView } from './series-view.ts';

/** By how much the others stay below the chosen series, and what it never takes: the point where it becomes a question. */
const step = 0.05;

interface Entrant {
  view: SeriesView;
  decision: RoleDecision;
  merit: number;
}

/** What a winner has over the others; the last two where no preference decides. */
type Merit = keyof typeof englishWords.merit;

/** Small differences of merit that decide between series of like confidence. */
const preferences: readonly { bonus: number; holds: (view: SeriesView, role: string) => boolean; merit: Merit }[] = [
  // A series without a place in the patient can be neither measured nor given to the model.
  {
    bonus: 1,
    holds: ({ facts }) => text(facts, 'ImagePositionPatient') !== '' && text(facts, 'PixelSpacing') !== '',
    merit: 'placed',
  },
  // What was taken again or stopped early does not show the whole liver.
  { bonus: 0.5, holds: (view) => !view.fragment, merit: 'whole' },
  { bonus: 0.15, holds: (view) => view.plane === 'axial', merit: 'axial' },
  {
    bonus: 0.1,
    holds: (view, role) => role === 't2' && !view.says.singleShot,
    merit: 'not-single-shot',
  },
  // LI-RADS v2018 asks for the late arterial phase.
  { bonus: 0.04, holds: (view) => /\blate|\blap\b|晚/.test(view.name), merit: 'late-arterial' },
];

const meritOf = (view: SeriesView, { role, confidence }: RoleDecision): number =>
  preferences.reduce((sum, { bonus, holds }) => sum + (holds(view, role) ? bonus : 0), confidence);

/** Why `winner` is better: the preferences it meets and the other does not, or simply its evidence. */
const comparison = (winner: Entrant, loser: Entrant): Merit[] => {
  const { role } = winner.decision;
  const reasons = preferences.filter(({ holds }) => holds(winner.view, role) && !holds(loser.view, role));
  if (reasons.length > 0) return reasons.map(({ merit }) => merit);
  return winner.decision.confidence > loser.decision.confidence ? ['evidence'] : ['first'];
};

/**
 * What the second series of a role is told. Two series of one contrast phase are repeats of it; of the other roles the
 * second may as well be another sequence.
 */
const rivalReason = (role: SeriesRole, rival: string, merits: string) =>
  isPhaseRole(role) ? because('repeat', { rival, role, merits }) : because('better-rival', { rival, role, merits });

/** Lowers every second candidate of a role below the best one; of equals, the first in the study stays. Questions stay questions. */
export const compete = (views: readonly SeriesView[], decisions: readonly RoleDecision[]): RoleDecision[] => {
  const result = [...decisions];
  for (const role of imageRoles) {
    const entrants = views
      .flatMap((view): Entrant[] => {
        const decision = decisions[view.index];
        return decision?.role === role && decision.confidence >= ROLE_CONFIDENCE
          ? [{ view, decision, merit: meritOf(view, decision) }]
          : [];
      })
      .sort((a, b) => b.merit - a.merit);
    const [winner, ...others] = entrants;
    if (!winner) continue;
    for (const loser of others) {
      const below = Math.max(ROLE_CONFIDENCE, winner.decision.confidence - step);
      result[loser.view.index] = {
        role,
        confidence: Math.min(loser.decision.confidence, Math.round(below * 1000) / 1000),
        reasons: [
          ...loser.decision.reasons,
          {
            rule: 'competition',
            outcome: 'against',
            role,
            ...rivalReason(role, winner.view.description, comparison(winner, loser).join(',')),
          },
        ],
      };
    }
  }
  return result;
};
