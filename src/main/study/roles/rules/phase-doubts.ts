import { because } from '#shared/study/messages/role-reasons.ts';
import type { SeriesRole } from '#shared/study/roles.ts';
import { text } from '../../series/fact-values.ts';
import { isDynamicCandidate } from '../candidates.ts';
import { asked, type Evidence, imageRoles, type PhaseRole, phaseRoles } from '../evidence.ts';
import { phasesAt } from '../phase-windows.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import { claimedPhases } from './phase-name.ts';
import type { RoleRule } from './rule.ts';

/** What makes a stack or its time unfit to be taken for a contrast phase without a question. */
export const phaseDoubts: RoleRule = (series, study) => [
  ...(series.mixed ? [limit(asked, because('mixed-states'), imageRoles)] : []),
  ...(isDynamicCandidate(series)
    ? [...fragments(series), ...doubtfulTime(series, study), ...offsets(series, study)]
    : []),
];

const limit = (
  value: number,
  reason: ReturnType<typeof because>,
  roles: readonly SeriesRole[] = phaseRoles,
): Evidence => ({
  rule: 'phase-doubts',
  cap: { value, roles },
  ...reason,
});

/** Below every whole stack that is asked for the same phase. */
const askedLast = 0.3;

const fragments = (series: SeriesView): Evidence[] => (series.fragment ? [limit(askedLast, because('fragment'))] : []);

/** The remark is for series that no evidence gives a phase: it says why the time in their header did not. */
const doubtfulTime = (series: SeriesView, study: StudyView): Evidence[] => {
  const doubt = study.clock.doubts[series.index];
  if (!doubt) return [];
  const reason = because(doubt);
  const remark: Evidence = { rule: 'phase-doubts', ...reason };
  return doubt === 'time-removed' ? [remark] : [limit(asked, reason), remark];
};

/** Below this strength a time lies too near the edge of a window to be part of a pattern. */
const clearly = 0.6;

/** Highest confidence of a phase whose time is counted from another one. */
const counted = 0.79;

/** What a dynamic series of the liver shows, whatever comes before or is repeated. */
const pattern = ['arterial', 'portal-venous', 'delayed'] as const satisfies readonly PhaseRole[];

/** The phases of the series by their times, if each lies clearly in a window and together they are a dynamic series. */
const followPattern = (series: SeriesView, study: StudyView): boolean => {
  const uid = text(series.facts, 'SeriesInstanceUID');
  const seconds = study.series
    .filter(({ facts, kind }) => text(facts, 'SeriesInstanceUID') === uid && kind === series.kind)
    .map(({ index }) => study.clock.secondsAfter[index])
    .filter((value) => value !== undefined);
  const roles = seconds.map(
    (value) => phasesAt(value, study.agent.kind).find(({ strength }) => strength >= clearly)?.role,
  );
  const late = roles.includes('transitional') ? 'transitional' : 'delayed';
  return !roles.includes(undefined) && pattern.every((role) => roles.includes(role === 'delayed' ? late : role));
};

/**
 * A time that is counted by TriggerTime needs a second witness: the whole series in its usual pattern, or the name.
 * One by TemporalResolution needs the name, since pauses between the phases would keep the pattern.
 */
const offsets = (series: SeriesView, study: StudyView): Evidence[] => {
  const time = study.clock.times[series.index];
  const seconds = study.clock.secondsAfter[series.index];
  if (time?.source !== 'offset' || seconds === undefined) return [];
  const { keyword } = time;
  const usual = time.complete === true && keyword === 'TriggerTime' && followPattern(series, study);
  const fitting = phasesAt(seconds, study.agent.kind).filter(({ strength }) => strength >= clearly);
  const claimed = claimedPhases(series, study);
  const named = claimed.size === 1 && fitting.some(({ role }) => claimed.has(role));
  return usual || named
    ? [limit(counted, because('offset-confirmed', { keyword }))]
    : [limit(asked, because('offset-unconfirmed', { keyword }))];
};
