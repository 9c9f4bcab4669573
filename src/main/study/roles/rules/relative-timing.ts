import { type Evidence, phaseRoles, weights } from '../evidence.ts';
import { phasesAt, sayTime } from '../phase-windows.ts';
import type { RoleRule } from './rule.ts';

export const relativeRule = 'relative-timing';

/** Phase from the distance in time to the arterial or the first dynamic series, where no injection time is known. */
export const relativeTiming: RoleRule = (series, study) => {
  const estimate = study.estimates.get(series.index);
  if (!estimate || study.clock.secondsAfter[series.index] !== undefined) return [];
  const anchor = `“${estimate.anchor.description}”`;
  const from =
    estimate.anchor === series
      ? `First of the series after the pre-contrast one`
      : `${sayTime(estimate.secondsAfterAnchor)} after ${anchor}, which ${estimate.assumed ? 'comes first after the pre-contrast series' : 'is named arterial'}`;
  const evidence: Evidence[] = phasesAt(estimate.seconds, study.agent.kind).map(({ role, strength }) => ({
    rule: relativeRule,
    role,
    weight: weights.context * strength,
    text: `${from}: about ${sayTime(estimate.seconds)} after injection, ${role}.`,
  }));
  return evidence.length === 0
    ? [{ rule: relativeRule, text: `${from}: about ${sayTime(estimate.seconds)}, between the windows of the phases.` }]
    : [...evidence, estimated];
};

const estimated: Evidence = {
  rule: relativeRule,
  cap: { value: 0.79, roles: phaseRoles },
  text: 'The start of injection is not recorded; the time after it is estimated from the order of the series.',
};
