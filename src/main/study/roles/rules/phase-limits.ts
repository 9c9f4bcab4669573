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
    return [limit('phase-limits', 0.79, 'Neither name nor parameters say that this is a T1 gradient echo.')];
  }
  return [
    limit('phase-limits', 0.6, 'Neither name nor parameters say for certain that this is a dynamic T1 gradient echo.'),
  ];
};

const sources = (series: SeriesView, study: StudyView): Evidence[] =>
  study.clock.secondsAfter[series.index] === undefined && series.phases.roles.length + series.phases.delays.length > 0
    ? [limit('phase-limits', 0.79, 'No time after the injection confirms the phase that the name gives.')]
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
  const says = fitting.map(({ role }) => role).join(' or ') || 'no phase';
  return [
    limit(
      'timing-conflict',
      measured === undefined ? 0.55 : asked,
      `The name says ${claimed.join(' or ')}, the ${measured === undefined ? 'order of the series' : 'time after injection'} says ${says}.`,
    ),
  ];
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
      text: `${agent.source ?? 'Gadoxetate'}: the phase at 2–5 min is transitional, not delayed.`,
    };
    return speaks || series.phases.roles.some(isPhaseRole) ? [transitional] : [];
  }
  if (agent.kind !== 'unknown') return [];
  if (agent.conflicting) return [limitDelayed(asked, 'The study names different contrast agents.')];
  if (agent.suspected !== undefined) {
    return [
      limitDelayed(
        asked,
        `No contrast agent is recorded, and “${agent.suspected}” hints at gadoxetate, after which this phase is transitional.`,
      ),
    ];
  }
  return [
    limitDelayed(0.75, 'No contrast agent is recorded, so a transitional phase after gadoxetate cannot be told apart.'),
  ];
};

const limit = (rule: string, value: number, text: string): Evidence => ({
  rule,
  cap: { value, roles: phaseRoles },
  text,
});

const limitDelayed = (value: number, text: string): Evidence => ({
  rule: 'contrast-agent',
  cap: { value, roles: ['delayed'] },
  text,
});
