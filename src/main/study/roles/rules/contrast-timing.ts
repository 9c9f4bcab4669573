import { isDynamicCandidate } from '../candidates.ts';
import { asked, type Evidence, phaseRoles, weights } from '../evidence.ts';
import { phasesAt, sayTime } from '../phase-windows.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import type { RoleRule } from './rule.ts';

export const timingRule = 'contrast-timing';

/** Phase from the measured time between ContrastBolusStartTime (0018,1042) and the acquisition. */
export const contrastTiming: RoleRule = (series, study) => {
  const seconds = study.clock.secondsAfter[series.index];
  if (seconds === undefined || !isTimed(series, study)) return [];
  const time = study.clock.times[series.index];
  const said =
    seconds < 0 ? `${sayTime(-seconds)} before the injection` : `${sayTime(seconds)} after the start of injection`;
  const fitting = phasesAt(seconds, study.agent.kind);
  const evidence: Evidence[] = fitting.map(({ role, strength }) => ({
    rule: timingRule,
    role,
    weight: weights.timing * strength,
    text: `Acquired ${said} (${time?.keyword ?? 'time'} against ContrastBolusStartTime): ${role}${strength < 0.6 ? ', at the edge of its window' : ''}.`,
  }));
  if (fitting.length === 0) {
    evidence.push({ rule: timingRule, text: `Acquired ${said}: between the windows of the phases.` });
  }
  if (time && time.source !== 'acquisition') {
    evidence.push({
      rule: timingRule,
      cap: { value: 0.7, roles: phaseRoles },
      text: `Only ${time.keyword} is known, which may differ from the time of acquisition.`,
    });
  }
  if (study.clock.disputed) {
    evidence.push({
      rule: timingRule,
      cap: { value: asked, roles: phaseRoles },
      text: 'The series of this study name different start times of the injection.',
    });
  }
  return evidence;
};

/** Echoes of a dual-echo acquisition have a time before contrast too, but it does not make them a phase. */
const isTimed = (series: SeriesView, study: StudyView): boolean =>
  isDynamicCandidate(series) && !study.echoPairs.has(series.index);
