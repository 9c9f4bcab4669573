import { because } from '#shared/study/messages/role-reasons.ts';
import { hasT1GradientParameters, isDynamicCandidate, isT1Gradient } from '../candidates.ts';
import { asked, type Evidence, isPhaseRole, phaseRoles } from '../evidence.ts';
import { phasesAt } from '../phase-windows.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import { claimedPhases } from './phase-name.ts';
import type { RoleRule } from './rule.ts';

/** How sure a contrast phase may be, given what is missing or contradictory. */
export const phaseLimits: RoleRule = (series, study) =>
  isDynamicCandidate(series)
    ? [...sequence(series), ...sources(series, study), ...conflict(series, study), ...late(series, study)]
    : [];

const sequence = (series: SeriesView): Evidence[] => {
  const named = series.phases.roles.length > 0 || series.phases.delays.length > 0;
  if (isT1Gradient(series) && (series.says.t1Gradient || hasT1GradientParameters(series) || named)) return [];
  if (named) {
    return [limit('phase-limits', 0.79, because('t1-unsaid'))];
  }
  return [limit('phase-limits', 0.6, because('t1-uncertain'))];
};

const sources = (series: SeriesView, study: StudyView): Evidence[] =>
  study.clock.secondsAfter[series.index] === undefined && series.phases.roles.length + series.phases.delays.length > 0
    ? [limit('phase-limits', 0.79, because('name-unconfirmed'))]
    : [];

/** A measured or estimated time that contradicts the name: a question, whichever of them is right. */
const conflict = (series: SeriesView, study: StudyView): Evidence[] => {
  const claimed = [...claimedPhases(series, study).keys()];
  const measured = study.clock.secondsAfter[series.index];
  const seconds = measured ?? study.estimates.get(series.index)?.seconds;
  if (claimed.length === 0 || seconds === undefined) return [];
  const fitting = phasesAt(seconds, study.agent.kind);
  const agrees = fitting.some(({ role, strength }) => claimed.includes(role) && strength >= 0.2);
  if (agrees) return [];
  const says = { claimed: claimed.join(','), fitting: fitting.map(({ role }) => role).join(',') || 'none' };
  return measured === undefined
    ? [limit('timing-conflict', 0.55, because('name-against-order', says))]
    : [limit('timing-conflict', asked, because('name-against-time', says))];
};

/** Delayed at 2–5 min holds for extracellular agents only (LI-RADS v2018); with gadoxetate it is transitional. */
const late = (series: SeriesView, study: StudyView): Evidence[] => {
  const { agent } = study;
  const speaks = claimedPhases(series, study).has('delayed') || (study.clock.secondsAfter[series.index] ?? 0) > 100;
  if (agent.kind === 'gadoxetate') {
    const transitional: Evidence = {
      rule: 'contrast-agent',
      role: 'delayed',
      weight: -3,
      ...because('agent-gadoxetate', { keyword: agent.source.keyword, agent: agent.source.value }),
    };
    return speaks || series.phases.roles.some(isPhaseRole) ? [transitional] : [];
  }
  if (agent.kind !== 'unknown') return [];
  if (agent.conflicting) return [limitDelayed(asked, because('agents-differ'))];
  if (agent.suspected !== undefined) {
    return [
      limitDelayed(
        asked,
        agent.suspected === ''
          ? because('agent-hinted-unnamed')
          : because('agent-hinted', { description: agent.suspected }),
      ),
    ];
  }
  return [limitDelayed(0.75, because('agent-unknown'))];
};

type Reason = ReturnType<typeof because>;

const limit = (rule: string, value: number, reason: Reason): Evidence => ({
  rule,
  cap: { value, roles: phaseRoles },
  ...reason,
});

const limitDelayed = (value: number, reason: Reason): Evidence => ({
  rule: 'contrast-agent',
  cap: { value, roles: ['delayed'] },
  ...reason,
});
