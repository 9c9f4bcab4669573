import { because } from '#shared/study/messages/role-reasons.ts';
import { isDynamicCandidate } from '../candidates.ts';
import { asked, type Evidence, type PhaseRole, phaseRoles, weights } from '../evidence.ts';
import { phasesAt } from '../phase-windows.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import { claimedPhases } from './phase-name.ts';
import type { RoleRule } from './rule.ts';

export const timingRule = 'contrast-timing';

/** Below this strength a time is near the end of a phase's window. */
const edge = 0.6;

const placed = (seconds: number, keyword: string, role: PhaseRole, atEdge: boolean) =>
  seconds < 0
    ? because(atEdge ? 'time-before-edge' : 'time-before', { before: -seconds, keyword, role })
    : because(atEdge ? 'time-after-edge' : 'time-after', { after: seconds, keyword, role });

/** Phase from the measured time between ContrastBolusStartTime (0018,1042) and the acquisition. */
export const contrastTiming: RoleRule = (series, study) => {
  const seconds = study.clock.secondsAfter[series.index];
  if (seconds === undefined || !isTimed(series, study)) return [];
  const time = study.clock.times[series.index];
  const fitting = phasesAt(seconds, study.agent.kind);
  const evidence: Evidence[] = fitting.map(({ role, strength }) => ({
    rule: timingRule,
    role,
    weight: weights.timing * strength,
    ...placed(seconds, time?.keyword ?? 'time', role, strength < edge),
  }));
  if (fitting.length === 0) {
    evidence.push({ rule: timingRule, ...because('time-between', { after: seconds }) });
  }
  if (time?.source === 'content' || time?.source === 'series') {
    evidence.push({
      rule: timingRule,
      // Made or begun at that time, up to a minute off: enough for a name to be borne out, not for a phase by itself.
      cap: { value: isNamed(series, study, fitting) ? 0.7 : asked, roles: phaseRoles },
      ...because('time-approximate', { keyword: time.keyword }),
    });
  }
  if (study.clock.disputed) {
    evidence.push({
      rule: timingRule,
      cap: { value: asked, roles: phaseRoles },
      ...because('injection-disputed'),
    });
  }
  return evidence;
};

const isNamed = (series: SeriesView, study: StudyView, fitting: readonly { role: PhaseRole }[]): boolean => {
  const claimed = claimedPhases(series, study);
  return claimed.size === 1 && fitting.some(({ role }) => claimed.has(role));
};

/** Echoes of a dual-echo acquisition have a time before contrast too, but it does not make them a phase. */
const isTimed = (series: SeriesView, study: StudyView): boolean =>
  isDynamicCandidate(series) && !study.echoPairs.has(series.index);
