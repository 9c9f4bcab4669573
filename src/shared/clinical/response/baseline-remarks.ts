/** What RECIST 1.1 and mRECIST ask of a baseline, as remarks: the sum is computed as it was handed in. */
import { type ResponseReason, reason } from './reasons.ts';
import { leastTargetMm, MOST_IN_ORGAN, MOST_TARGETS, organOf } from './target-limits.ts';
import { toMm } from './thresholds.ts';
import { daysBetween, type LesionIdentity, type MeasuredVisit, type Timeline } from './timeline.ts';
import { visitSum } from './visit-sum.ts';

const OLDEST_BASELINE_DAYS = 28;

const tooMany = (targets: readonly LesionIdentity[]): ResponseReason[] => {
  const organs = Map.groupBy(targets, organOf);
  return [
    ...(targets.length > MOST_TARGETS ? [reason('too-many-targets', { count: targets.length })] : []),
    ...[...organs]
      .filter(([, inOrgan]) => inOrgan.length > MOST_IN_ORGAN)
      .map(([organ, inOrgan]) => reason('too-many-in-organ', { organ, count: inOrgan.length })),
  ];
};

const tooSmall = (
  timeline: Timeline,
  baseline: MeasuredVisit,
  targets: readonly LesionIdentity[],
): ResponseReason[] => {
  const { sizes } = visitSum(baseline, targets, timeline.criterion);
  return targets.flatMap((target) => {
    const size = sizes.get(target.id);
    const least = leastTargetMm(target);
    return size !== undefined && size > 0 && toMm(size) < least
      ? [reason('small-target', { lesion: target.id, mm: toMm(size), least })]
      : [];
  });
};

export const baselineRemarks = (timeline: Timeline, baseline: MeasuredVisit | undefined): ResponseReason[] => {
  if (!baseline) return [];
  const targets = timeline.lesions.filter(({ role }) => role === 'target');
  const days = daysBetween(baseline.date, timeline.start);
  return [
    ...(days > OLDEST_BASELINE_DAYS ? [reason('old-baseline', { days })] : []),
    ...tooMany(targets),
    ...tooSmall(timeline, baseline, targets),
  ];
};
