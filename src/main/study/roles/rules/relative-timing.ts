import { because } from '#shared/study/messages/role-reasons.ts';
import { type Evidence, type PhaseRole, phaseRoles, weights } from '../evidence.ts';
import { phasesAt } from '../phase-windows.ts';
import type { Estimate } from '../relative-clock.ts';
import type { SeriesView } from '../series-view.ts';
import type { RoleRule } from './rule.ts';

export const relativeRule = 'relative-timing';

const values = ({ anchor, secondsAfterAnchor, seconds }: Estimate) => ({
  distance: secondsAfterAnchor,
  anchor: anchor.description,
  about: seconds,
});

const placed = (series: SeriesView, estimate: Estimate, role: PhaseRole) => {
  if (estimate.anchor === series) return because('order-first', { about: estimate.seconds, role });
  return because(estimate.assumed ? 'order-after-first' : 'order-after-arterial', { ...values(estimate), role });
};

const between = (series: SeriesView, estimate: Estimate) => {
  if (estimate.anchor === series) return because('order-first-between', { about: estimate.seconds });
  const code = estimate.assumed ? 'order-after-first-between' : 'order-after-arterial-between';
  return because(code, values(estimate));
};

/** Phase from the distance in time to the arterial or the first dynamic series, where no injection time is known. */
export const relativeTiming: RoleRule = (series, study) => {
  const estimate = study.estimates.get(series.index);
  if (!estimate || study.clock.secondsAfter[series.index] !== undefined) return [];
  const evidence: Evidence[] = phasesAt(estimate.seconds, study.agent.kind).map(({ role, strength }) => ({
    rule: relativeRule,
    role,
    weight: weights.context * strength,
    ...placed(series, estimate, role),
  }));
  return evidence.length === 0 ? [{ rule: relativeRule, ...between(series, estimate) }] : [...evidence, estimated];
};

const estimated: Evidence = {
  rule: relativeRule,
  cap: { value: 0.79, roles: phaseRoles },
  ...because('time-estimated'),
};
