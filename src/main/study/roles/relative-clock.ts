/**
 * Time after contrast where no header tells the start of the injection: estimated from the order and distance of the
 * dynamic series among each other.
 */

import { secondsBetween } from '../series/dicom-time.ts';
import type { StackTime } from '../series/stack-times.ts';
import { isDynamicCandidate } from './candidates.ts';
import type { SeriesView } from './series-view.ts';

export interface Estimate {
  /** Estimated seconds after the start of the injection. */
  seconds: number;
  /** The series that the estimate starts from. */
  anchor: SeriesView;
  /** True where the anchor is taken for arterial only because it is the first after the pre-contrast series. */
  assumed: boolean;
  secondsAfterAnchor: number;
}

/** Usual start of a late arterial acquisition, seconds after the injection (phase-windows.ts). */
const usualArterial = 30;

/** The second phase of a dynamic series follows the arterial one within this time. */
const longestStep = 100;

/** Fewer series after the pre-contrast one are no dynamic acquisition that could be counted through. */
const fewestPhases = 3;

/** Later than this after the first series, the order tells nothing. */
const longestDynamic = 3600;

interface Timed {
  view: SeriesView;
  time: StackTime;
}

const isPre = ({ view }: Timed, contrastKnown: boolean): boolean =>
  (view.phases.roles.length === 1 && view.phases.roles[0] === 'pre-contrast' && !view.phases.post) ||
  (contrastKnown && view.contrast !== true && view.phases.roles.length === 0 && !view.phases.post);

/** A series that its header or name places after the injection. */
const isPost = ({ view }: Timed): boolean =>
  view.contrast === true && !view.phases.roles.includes('pre-contrast')
    ? true
    : view.phases.post || view.phases.delays.length > 0 || view.phases.roles.some((role) => role !== 'pre-contrast');

const isNamedArterial = ({ view }: Timed): boolean => {
  const { roles, delays, codes } = view.phases;
  if (roles.length === 1 && roles[0] === 'arterial' && codes.length === 0) return true;
  const [delay] = delays;
  return roles.length === 0 && delays.length === 1 && delay !== undefined && delay >= 18 && delay <= 42;
};

/** Estimates by index of the series; series that the order says nothing about are left out. */
export const estimateTimes = (
  views: readonly SeriesView[],
  times: readonly (StackTime | undefined)[],
): Map<number, Estimate> => {
  const estimates = new Map<number, Estimate>();
  const contrastKnown = views.some((view) => view.contrast === true && isDynamicCandidate(view));
  const timed = views
    .flatMap((view): Timed[] => {
      const time = times[view.index];
      return time && isDynamicCandidate(view) ? [{ view, time }] : [];
    })
    .sort(
      (a, b) =>
        secondsBetween(b.time, a.time) ||
        // Of series with one time, the pre-contrast one was first.
        Number(isPre(b, contrastKnown)) - Number(isPre(a, contrastKnown)),
    );
  const firstPost = timed.findIndex(isPost);
  const before = firstPost < 0 ? timed : timed.slice(0, firstPost);
  const lastPre = before.findLastIndex((entry) => isPre(entry, contrastKnown));
  const phases = timed.slice(lastPre + 1);
  const named = phases.find(isNamedArterial);
  const first = phases[0];
  const second = phases.find((entry) => first && secondsBetween(first.time, entry.time) > 5);
  const countable =
    lastPre >= 0 &&
    first !== undefined &&
    second !== undefined &&
    phases.length >= fewestPhases &&
    secondsBetween(first.time, second.time) <= longestStep &&
    (first.view.phases.roles.length === 0 || first.view.phases.roles.includes('arterial'));
  const anchor = named ?? (countable ? first : undefined);
  if (!anchor) return estimates;
  const nominal = named?.view.phases.delays[0] ?? usualArterial;
  for (const { view, time } of phases) {
    const after = secondsBetween(anchor.time, time);
    // An arterial name needs no estimate from itself: that would count the same word twice.
    if ((named && view === named.view) || after > longestDynamic) continue;
    estimates.set(view.index, {
      seconds: nominal + after,
      anchor: anchor.view,
      assumed: !named,
      secondsAfterAnchor: after,
    });
  }
  return estimates;
};
