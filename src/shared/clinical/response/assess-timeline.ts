/** The response at every visit of a patient, and the best of them, by one criterion. */

import { baselineRemarks } from './baseline-remarks.ts';
import { type Best, bestResponse, type DatedResponse, hasConfirmedResponse } from './best-response.ts';
import { nonTargetResponse, overallResponse } from './overall-response.ts';
import { type ResponseReason, reason } from './reasons.ts';
import { type Course, targetResponse } from './target-response.ts';
import { percentChange, toMm } from './thresholds.ts';
import {
  isStated,
  type LesionIdentity,
  type MeasuredVisit,
  type NonTargetResponse,
  type ResponseCode,
  type StatedVisit,
  type TargetResponse,
  type Timeline,
} from './timeline.ts';
import { type VisitSum, visitSum } from './visit-sum.ts';

export interface AssessedVisit {
  readonly date: string;
  readonly baseline: boolean;
  /** mm; undefined where a target was not assessed, or where there is none. */
  readonly sum: number | undefined;
  /** Percent, unrounded. */
  readonly changeFromBaseline: number | undefined;
  /** Percent from the smallest sum before this visit, unrounded; undefined from a nadir of 0. */
  readonly changeFromNadir: number | undefined;
  readonly target: TargetResponse | undefined;
  readonly nonTarget: NonTargetResponse | undefined;
  readonly newLesions: MeasuredVisit['newLesions'] | undefined;
  /** Undefined at the baseline. */
  readonly overall: ResponseCode | undefined;
  readonly reasons: readonly ResponseReason[];
}

export interface AssessedTimeline {
  /** One for each visit, in order of date. */
  readonly visits: readonly AssessedVisit[];
  readonly best: Best;
  readonly bestConfirmed: Best;
  /** The day that progression is dated at, which may be an earlier one than the visit that established it. */
  readonly progression: string | undefined;
  /** False where mRECIST has nothing to measure: no target lesion enhances at baseline. */
  readonly applicable: boolean;
  readonly remarks: readonly ResponseReason[];
}

interface State {
  readonly course: Course;
  readonly assessed: readonly AssessedVisit[];
}

const unmeasured = {
  baseline: false,
  sum: undefined,
  changeFromBaseline: undefined,
  changeFromNadir: undefined,
  target: undefined,
  nonTarget: undefined,
  newLesions: undefined,
} as const;

const statedVisit = ({ date, overall }: StatedVisit): AssessedVisit => ({
  ...unmeasured,
  date,
  overall,
  reasons: [reason('stated')],
});

const baselineVisit = (visit: MeasuredVisit, sum: VisitSum | undefined): AssessedVisit => ({
  ...unmeasured,
  date: visit.date,
  baseline: true,
  sum: sum && toMm(sum.sum),
  overall: undefined,
  reasons: sum ? [reason('baseline', { sum: toMm(sum.sum) })] : [reason('no-target')],
});

const dated = (visits: readonly AssessedVisit[]): DatedResponse[] =>
  visits.flatMap(({ date, overall }) => (overall ? [{ date, overall }] : []));

const progressedOn = (visits: readonly AssessedVisit[]): AssessedVisit | undefined =>
  visits.find(({ overall }) => overall === 'PD');

interface Lesions {
  readonly targets: readonly LesionIdentity[];
  readonly nonTargets: readonly LesionIdentity[];
}

const followUpVisit = (
  visit: MeasuredVisit,
  { targets, nonTargets }: Lesions,
  { course, assessed }: State,
  { criterion, options }: Timeline,
): { judged: AssessedVisit; sum: VisitSum } => {
  const sum = visitSum(visit, targets, criterion);
  const target = targets.length > 0 ? targetResponse(sum, targets, course, criterion, options) : undefined;
  const nonTarget = nonTargetResponse(visit, nonTargets);
  const overall = overallResponse(visit, target?.response, nonTarget);
  const earlier = progressedOn(assessed);
  const isWhole = targets.length > 0 && sum.notAssessed.length === 0;
  return {
    sum,
    judged: {
      date: visit.date,
      baseline: false,
      sum: isWhole ? toMm(sum.sum) : undefined,
      changeFromBaseline: isWhole ? percentChange(sum.sum, course.baseline) : undefined,
      changeFromNadir: isWhole ? percentChange(sum.sum, course.nadir.sum) : undefined,
      target: target?.response,
      nonTarget,
      newLesions: visit.newLesions,
      overall: overall.response,
      reasons: [
        ...(target?.reasons ?? []),
        ...overall.reasons,
        ...(earlier ? [reason('after-progression', { date: earlier.date })] : []),
      ],
    },
  };
};

/** The nadir is moved after a visit is judged, and only by a visit at which every target was assessed. */
const nadirAfter = (nadir: Course['nadir'], visit: AssessedVisit, { sum }: VisitSum): Course['nadir'] =>
  visit.sum !== undefined && sum < nadir.sum ? { sum, date: visit.date } : nadir;

interface Followed extends Lesions {
  /** Of the targets: without a size at baseline, that nothing later could be compared with. */
  readonly unsized: readonly LesionIdentity[];
  /** Of the targets: by mRECIST those that do not enhance at baseline. */
  readonly unenhanced: readonly LesionIdentity[];
}

/** Targets that the criterion can follow: what was measured at baseline and, by mRECIST, enhances there. */
const followed = (timeline: Timeline, baseline: MeasuredVisit | undefined): Followed => {
  const targets = timeline.lesions.filter(({ role }) => role === 'target');
  const nonTargets = timeline.lesions.filter(({ role }) => role === 'non-target');
  if (!baseline) return { targets, nonTargets, unsized: [], unenhanced: [] };
  const { sizes } = visitSum(baseline, targets, timeline.criterion);
  const isFollowed = ({ id }: LesionIdentity) => {
    const size = sizes.get(id);
    return size !== undefined && (size > 0 || timeline.criterion === 'recist-1.1');
  };
  return {
    targets: targets.filter(isFollowed),
    nonTargets,
    unsized: targets.filter(({ id }) => !sizes.has(id)),
    unenhanced: targets.filter((target) => sizes.has(target.id) && !isFollowed(target)),
  };
};

const progressionDate = (visits: readonly AssessedVisit[]): string | undefined => {
  const progressed = progressedOn(visits);
  if (progressed?.newLesions !== 'unequivocal') return progressed?.date;
  const first = visits.find(({ newLesions }) => newLesions === 'equivocal');
  return first && first.date < progressed.date ? first.date : progressed.date;
};

const withDatedBack = (visits: readonly AssessedVisit[], progression: string | undefined): readonly AssessedVisit[] =>
  visits.map((visit) =>
    progression && visit === progressedOn(visits) && visit.date !== progression
      ? { ...visit, reasons: [...visit.reasons, reason('progression-dated-back', { date: progression })] }
      : visit,
  );

const assessVisits = (timeline: Timeline, baseline: MeasuredVisit | undefined, lesions: Lesions): AssessedVisit[] => {
  const { options, criterion } = timeline;
  const sumAtBaseline =
    baseline && lesions.targets.length > 0 ? visitSum(baseline, lesions.targets, criterion) : undefined;
  const origin = sumAtBaseline?.sum ?? 0;
  let course: Course = {
    baseline: origin,
    nadir: { sum: origin, date: baseline?.date ?? timeline.start },
    wasComplete: false,
    confirmedPr: false,
  };
  const assessed: AssessedVisit[] = [];
  for (const visit of timeline.visits) {
    if (isStated(visit)) {
      assessed.push(statedVisit(visit));
    } else if (visit === baseline) {
      assessed.push(baselineVisit(visit, sumAtBaseline));
    } else {
      const { judged, sum } = followUpVisit(visit, lesions, { course, assessed }, timeline);
      assessed.push(judged);
      course = { ...course, nadir: nadirAfter(course.nadir, judged, sum) };
    }
    course = {
      ...course,
      wasComplete: assessed.some(({ overall }) => overall === 'CR'),
      confirmedPr: hasConfirmedResponse(dated(assessed), options),
    };
  }
  return assessed;
};

/** Judges every visit. Pure; the timeline was checked on reading. */
export const assessTimeline = (timeline: Timeline): AssessedTimeline => {
  const baseline = timeline.visits.find((visit): visit is MeasuredVisit => !isStated(visit));
  const { targets, nonTargets, unsized, unenhanced } = followed(timeline, baseline);
  const leftOut = (code: 'not-measured-at-baseline' | 'not-enhancing-target', lesions: readonly LesionIdentity[]) =>
    lesions.length === 0 ? [] : [reason(code, { lesions: lesions.map(({ id }) => id).join(', ') })];
  const remarks = [
    ...baselineRemarks(timeline, baseline),
    ...leftOut('not-measured-at-baseline', unsized),
    ...leftOut('not-enhancing-target', unenhanced),
  ];
  const isLeft = unsized.length + unenhanced.length > 0;
  const applicable = timeline.criterion === 'recist-1.1' || !isLeft || targets.length > 0;
  if (!applicable) {
    const none: Best = { response: undefined, reasons: [reason('not-applicable')] };
    const visits = timeline.visits.map((visit) =>
      isStated(visit)
        ? statedVisit(visit)
        : { ...unmeasured, date: visit.date, baseline: visit === baseline, overall: undefined, reasons: [] },
    );
    return {
      visits,
      best: none,
      bestConfirmed: none,
      progression: undefined,
      applicable,
      remarks: [...remarks, reason('not-applicable')],
    };
  }
  const judged = assessVisits(timeline, baseline, { targets, nonTargets });
  const progression = progressionDate(judged);
  const visits = withDatedBack(judged, progression);
  return {
    visits,
    ...bestResponse(dated(visits), timeline.start, timeline.options),
    progression,
    applicable,
    remarks,
  };
};
