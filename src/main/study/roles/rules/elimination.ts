import { because } from '#shared/study/messages/role-reasons.ts';
import { isDynamicCandidate } from '../candidates.ts';
import { type Evidence, type PhaseRole, weights } from '../evidence.ts';
import { excludedByName } from '../excluded-by-name.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import type { RoleRule } from './rule.ts';

const rule = 'elimination';

const named = (study: StudyView, role: PhaseRole, except: SeriesView): boolean =>
  study.series.some(
    (other) =>
      other !== except &&
      isDynamicCandidate(other) &&
      !excludedByName(other) &&
      other.phases.roles.length === 1 &&
      other.phases.roles[0] === role,
  );

const unnamed = (series: SeriesView, study: StudyView): boolean =>
  isDynamicCandidate(series) &&
  !excludedByName(series) &&
  !study.echoPairs.has(series.index) &&
  series.phases.roles.length === 0 &&
  series.phases.delays.length === 0 &&
  study.clock.secondsAfter[series.index] === undefined &&
  !study.estimates.has(series.index);

/**
 * Phase of a series that names none, where its neighbours name all the others: protocols that call one series
 * `portal venous` and another `equilibrium` leave the arterial ones as plain `dynamic`.
 */
export const elimination: RoleRule = (series, study) => {
  if (!unnamed(series, study)) return [];
  // Without a pre-contrast series of its own, the first of the unnamed ones may be it.
  const given = series.contrast !== false && named(study, 'pre-contrast', series);
  const laterNamed = named(study, 'portal-venous', series) && namesLate(study, series);
  if (!given || !laterNamed) return [];
  if (series.phases.dynamic) {
    if (named(study, 'arterial', series)) return [];
    return [evidence('arterial', because('left-arterial', { description: series.description }))];
  }
  const afterwards = series.phases.post || (series.plane !== undefined && series.plane !== 'axial');
  const recorded = series.contrast === true;
  const { agent } = study;
  const perhapsGadoxetate = agent.kind === 'gadoxetate' || (agent.kind === 'unknown' && agent.suspected !== undefined);
  if (!afterwards || !recorded || perhapsGadoxetate) return [];
  return [evidence('delayed', because('left-delayed', { description: series.description }))];
};

const namesLate = (study: StudyView, series: SeriesView): boolean =>
  named(study, 'delayed', series) || named(study, 'transitional', series) || named(study, 'hepatobiliary', series);

const evidence = (role: PhaseRole, reason: ReturnType<typeof because>): Evidence => ({
  rule,
  role,
  weight: weights.context,
  ...reason,
});
