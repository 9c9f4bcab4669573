import { because } from '#shared/study/messages/role-reasons.ts';
import { secondsBetween } from '../../series/dicom-time.ts';
import { number } from '../../series/fact-values.ts';
import { isDynamicCandidate } from '../candidates.ts';
import { asked, type Evidence, type PhaseRole, phaseRoles } from '../evidence.ts';
import { excludedByName } from '../excluded-by-name.ts';
import { phasesAt } from '../phase-windows.ts';
import type { SeriesView } from '../series-view.ts';
import type { StudyView } from '../study-view.ts';
import { claimedPhases } from './phase-name.ts';
import type { RoleRule } from './rule.ts';

/**
 * A phase that rests on a name alone is asked: names are copied from one protocol to the next. What bears a name out is
 * a time that fits, or the names of other series, if they tell other phases apart and follow each other in that order.
 */
export const nameWitness: RoleRule = (series, study) => {
  if (!isDynamicCandidate(series)) return [];
  if (study.clock.secondsAfter[series.index] !== undefined) return outOfOrder(series, study);
  return [...alone(series, study), ...sharedName(series, study), ...outOfOrder(series, study)];
};

const limit = (reason: ReturnType<typeof because>, roles: readonly PhaseRole[] = phaseRoles): Evidence => ({
  rule: 'name-witness',
  cap: { value: asked, roles },
  ...reason,
});

/** Other series that may be phases, apart from parts of this one's acquisition. */
const siblings = (series: SeriesView, study: StudyView): SeriesView[] =>
  study.series.filter(
    (other) =>
      other !== series &&
      !other.fragment &&
      isDynamicCandidate(other) &&
      !excludedByName(other) &&
      !study.echoPairs.has(other.index),
  );

const onlyClaim = (series: SeriesView, study: StudyView): PhaseRole | undefined => {
  const claimed = [...claimedPhases(series, study).keys()];
  return claimed.length === 1 ? claimed[0] : undefined;
};

const estimateFits = (series: SeriesView, study: StudyView, role: PhaseRole): boolean => {
  const estimate = study.estimates.get(series.index);
  return estimate !== undefined && phasesAt(estimate.seconds, study.agent.kind).some((fit) => fit.role === role);
};

/** The header records no contrast here, but does elsewhere. */
const isBeforeContrast = (series: SeriesView, study: StudyView): boolean =>
  study.contrastRecorded && series.contrast !== true;

const alone = (series: SeriesView, study: StudyView): Evidence[] => {
  const role = onlyClaim(series, study);
  if (!role || estimateFits(series, study, role)) return [];
  if (role === 'pre-contrast' && isBeforeContrast(series, study)) return [];
  const told = siblings(series, study).some((other) => {
    const named = onlyClaim(other, study);
    return named !== undefined && named !== role;
  });
  return told ? [] : [limit(because('name-alone', { role }))];
};

const afterContrast = phaseRoles.filter((role) => role !== 'pre-contrast');

/** One of several series of this name may be another phase: the mask of a dynamic series is called like the rest. */
const sharedName = (series: SeriesView, study: StudyView): Evidence[] => {
  const alike = siblings(series, study).filter(
    (other) =>
      other.name === series.name &&
      other.plane === series.plane &&
      other.kind === series.kind &&
      study.clock.secondsAfter[other.index] === undefined,
  );
  if (alike.length === 0 || study.estimates.has(series.index)) return [];
  return [limit(because('same-name', { series: alike.length + 1 }), afterContrast)];
};

/** Place of each phase in an examination. */
const rank: Readonly<Record<PhaseRole, number>> = {
  'pre-contrast': 0,
  arterial: 1,
  'portal-venous': 2,
  delayed: 3,
  transitional: 3,
  hepatobiliary: 4,
};

/** Which of two series was taken first: by time, else by their numbers; 0 where neither tells. */
const precedes = (series: SeriesView, other: SeriesView, study: StudyView): number => {
  const [own, theirs] = [study.clock.times[series.index], study.clock.times[other.index]];
  if (own && theirs) return Math.sign(secondsBetween(own, theirs));
  const [first, second] = [number(series.facts, 'SeriesNumber'), number(other.facts, 'SeriesNumber')];
  return first === undefined || second === undefined ? 0 : Math.sign(second - first);
};

/** Phases follow each other in time; a name that does not go with its place may be another patient's. */
const outOfOrder = (series: SeriesView, study: StudyView): Evidence[] => {
  const role = onlyClaim(series, study);
  if (!role) return [];
  const rival = siblings(series, study).find((other) => {
    const named = onlyClaim(other, study);
    if (named === undefined || other.plane !== series.plane) return false;
    return Math.sign(rank[named] - rank[role]) * precedes(series, other, study) < 0;
  });
  return rival ? [limit(because('name-against-order-of', { role, rival: rival.description }))] : [];
};
