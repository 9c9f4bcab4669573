import { because } from '#shared/study/messages/role-reasons.ts';
import { secondsBetween } from '../../series/dicom-time.ts';
import { isDynamicCandidate, isT1Gradient } from '../candidates.ts';
import { weights } from '../evidence.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import type { RoleRule } from './rule.ts';

/** A T1 series without a contrast agent, in a study where other series record one, is taken before it. */
export const contrastAbsence: RoleRule = (series, study) => {
  const applies =
    study.contrastRecorded &&
    series.contrast !== true &&
    isDynamicCandidate(series) &&
    isT1Gradient(series) &&
    !study.echoPairs.has(series.index) &&
    series.phases.roles.length === 0 &&
    !series.phases.post &&
    series.phases.delays.length === 0 &&
    study.clock.secondsAfter[series.index] === undefined &&
    precedesContrast(series, study);
  if (!applies) return [];
  // Fat-suppressed images are what a dynamic series begins with; a plain T1 may be meant as an in-phase image.
  const axial = series.plane === undefined || series.plane === 'axial';
  const likely = axial && (series.fatSuppressed || series.says.t1Gradient);
  return [
    {
      rule: 'contrast-absence',
      role: 'pre-contrast',
      weight: likely ? weights.context : weights.weak,
      ...because('no-agent-here'),
    },
  ];
};

const precedesContrast = (series: SeriesView, study: StudyView): boolean => {
  const own = study.clock.times[series.index];
  return (
    !own ||
    study.series.every((other) => {
      const time = study.clock.times[other.index];
      return other.contrast !== true || !time || secondsBetween(own, time) > 0;
    })
  );
};
