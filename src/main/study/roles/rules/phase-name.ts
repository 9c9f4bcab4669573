import { because } from '#shared/study/messages/role-reasons.ts';
import { isDynamicCandidate } from '../candidates.ts';
import { asked, type Evidence, type PhaseRole, phaseRoles, weights } from '../evidence.ts';
import { phasesAt } from '../phase-windows.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import type { RoleRule } from './rule.ts';

export const nameRule = 'phase-name';

/** From this delay on, a written time outweighs the word "delayed": `delay 20 min` is a hepatobiliary image. */
const hepatobiliaryDelay = 600;

/** The agent is not recorded, but another series shows what it was; a time of its own would say more than that. */
const isDeducedTransitional = (series: SeriesView, { agent, clock, estimates }: StudyView): boolean =>
  agent.kind === 'unknown' &&
  agent.imagedAtUptake === true &&
  clock.secondsAfter[series.index] === undefined &&
  !estimates.has(series.index);

/** Phases that a name claims, by word and by written delay, with how strongly. */
export const claimedPhases = (series: SeriesView, study: StudyView): Map<PhaseRole, number> => {
  const { roles, codes, delays } = series.phases;
  const claimed = new Map<PhaseRole, number>();
  const claim = (role: PhaseRole, weight: number) => claimed.set(role, Math.max(weight, claimed.get(role) ?? 0));
  const [delay] = delays;
  for (const role of roles) {
    const code = codes.includes(role);
    // `AP` beside a clear word is the direction of phase encoding.
    if (code && roles.length > codes.length) continue;
    // A written time says more than the word: `50 sec delay` is no delayed phase, `delay 20 min` a hepatobiliary one.
    if (role === 'delayed' && delay !== undefined) continue;
    claim(role, code && !study.usesPhaseCodes ? weights.weak : code ? weights.abbreviation : weights.name);
  }
  const agent = study.agent.kind;
  for (const seconds of delays) {
    for (const { role, strength } of phasesAt(seconds, agent)) {
      if (strength >= 0.5) claim(role, weights.name * strength);
    }
  }
  // After gadoxetate, what a protocol calls "delayed" is transitional at 2–5 min (LI-RADS v2018).
  if ((agent === 'gadoxetate' || isDeducedTransitional(series, study)) && claimed.has('delayed')) {
    const weight = Math.min(claimed.get('delayed') ?? 0, agent === 'gadoxetate' ? weights.name : weights.context);
    claimed.delete('delayed');
    const seconds = study.clock.secondsAfter[series.index] ?? delay;
    claim(seconds !== undefined && seconds >= hepatobiliaryDelay ? 'hepatobiliary' : 'transitional', weight);
  }
  return claimed;
};

/** Place of each phase in a dynamic series, where the name counts them. */
const usualOrdinal: Readonly<Partial<Record<PhaseRole, number>>> = { arterial: 1, 'portal-venous': 2, delayed: 3 };

/** Phase from the words and delays in the name. Alone it stays below 0.8: names are copied from the last patient's. */
export const phaseName: RoleRule = (series, study) => {
  if (!isDynamicCandidate(series)) return [];
  const claimed = claimedPhases(series, study);
  const { description } = series;
  const delay = series.phases.delays[0];
  const evidence: Evidence[] = [...claimed].map(([role, weight]) => ({
    rule: nameRule,
    role,
    weight,
    ...(delay === undefined
      ? because('name-phase', { description, role })
      : because('name-phase-delay', { description, role, delay })),
  }));
  if (claimed.size > 1) {
    evidence.push({
      rule: nameRule,
      cap: { value: asked, roles: phaseRoles },
      ...because('name-several-phases', { description, phases: [...claimed.keys()].join(',') }),
    });
  }
  if (claimed.has('pre-contrast') && series.phases.post) {
    evidence.push({
      rule: nameRule,
      cap: { value: asked, roles: phaseRoles },
      ...because('name-before-and-after', { description }),
    });
  }
  const [only] = claimed.keys();
  const { ordinal } = series.phases;
  if (claimed.size === 1 && only && ordinal !== undefined && (usualOrdinal[only] ?? ordinal) !== ordinal) {
    evidence.push({
      rule: nameRule,
      cap: { value: asked, roles: phaseRoles },
      ...because('name-ordinal', { description, ordinal, role: only }),
    });
  }
  return evidence;
};
