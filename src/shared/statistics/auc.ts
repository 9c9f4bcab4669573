/**
 * Area under the ROC curve with DeLong's variance (DeLong, DeLong, Clarke-Pearson 1988), by mid-ranks (Sun and Xu 2014), so
 * that 100,000 patients take no longer than sorting them. A higher score speaks for the event; no direction is chosen from
 * the data, so an AUC may lie below 0.5.
 */
import { DEFAULT_LEVEL, normalTwoSided } from './distributions.ts';
import { type Interval, mean, NotEstimable, waldInterval } from './estimate.ts';
import { midRanks } from './ranks.ts';
import { type Scored, scored, scoresOf } from './scored.ts';

/** How each event, and each non-event, is placed among the others: 0–1. */
interface Placements {
  readonly events: readonly number[];
  readonly nonEvents: readonly number[];
}

const placements = (data: Scored): Placements => {
  const [events, nonEvents] = [scoresOf(data, 1), scoresOf(data, 0)];
  const together = midRanks([...events, ...nonEvents]);
  const amongEvents = midRanks(events);
  const amongNonEvents = midRanks(nonEvents);
  const rankOf = (index: number) => together[index] ?? 0;
  return {
    events: events.map((_score, i) => (rankOf(i) - (amongEvents[i] ?? 0)) / nonEvents.length),
    nonEvents: nonEvents.map((_score, j) => 1 - (rankOf(events.length + j) - (amongNonEvents[j] ?? 0)) / events.length),
  };
};

const covariance = (a: readonly number[], b: readonly number[]): number => {
  if (a.length < 2)
    throw new NotEstimable('DeLong’s variance needs at least two events and two non-events.', 'few-for-variance');
  const [meanA, meanB] = [mean(a), mean(b)];
  return a.reduce((sum, value, index) => sum + (value - meanA) * ((b[index] ?? 0) - meanB), 0) / (a.length - 1);
};

const deLong = (a: Placements, b: Placements): number =>
  covariance(a.events, b.events) / a.events.length + covariance(a.nonEvents, b.nonEvents) / a.nonEvents.length;

export const auc = (outcomes: readonly number[], scores: readonly number[]): number =>
  mean(placements(scored(outcomes, scores)).events);

export interface AucEstimate {
  readonly auc: number;
  /** DeLong's. */
  readonly variance: number;
  /** Cut off at 0 and 1. Undefined where all pairs are placed alike, and so without variance: that is no certainty. */
  readonly interval: Interval | undefined;
  readonly events: number;
  readonly nonEvents: number;
}

/** What rounding leaves of none. */
const NO_VARIANCE = 1e-15;

const inUnit = ({ low, high }: Interval): Interval => ({ low: Math.max(0, low), high: Math.min(1, high) });

export const aucWithInterval = (
  outcomes: readonly number[],
  scores: readonly number[],
  level = DEFAULT_LEVEL,
): AucEstimate => {
  const data = scored(outcomes, scores);
  const placed = placements(data);
  const area = mean(placed.events);
  const variance = deLong(placed, placed);
  const interval = variance > NO_VARIANCE ? inUnit(waldInterval(area, Math.sqrt(variance), level)) : undefined;
  return { auc: area, variance, interval, events: data.events, nonEvents: data.nonEvents };
};

/** AUCs of several scores of the same patients, with DeLong's covariances between them. */
export const deLongCovariances = (
  outcomes: readonly number[],
  scores: readonly (readonly number[])[],
): { readonly aucs: readonly number[]; readonly covariances: readonly (readonly number[])[] } => {
  const placed = scores.map((values) => placements(scored(outcomes, values)));
  return {
    aucs: placed.map(({ events }) => mean(events)),
    covariances: placed.map((a) => placed.map((b) => deLong(a, b))),
  };
};

export interface AucComparison {
  /** First minus second. */
  readonly difference: number;
  readonly covariance: number;
  readonly standardError: number;
  readonly interval: Interval;
  readonly z: number;
  /** Two-sided. */
  readonly p: number;
}

/** Two scores of the same patients (DeLong's paired test). Throws `NotEstimable` where both order the patients alike. */
export const compareAucs = (
  outcomes: readonly number[],
  first: readonly number[],
  second: readonly number[],
  level = DEFAULT_LEVEL,
): AucComparison => {
  const [a, b] = [placements(scored(outcomes, first)), placements(scored(outcomes, second))];
  const difference = mean(a.events) - mean(b.events);
  const shared = deLong(a, b);
  const variance = deLong(a, a) + deLong(b, b) - 2 * shared;
  if (!(variance > NO_VARIANCE)) {
    throw new NotEstimable(
      'Both scores place the patients alike: their difference has no variance, and no test.',
      'alike',
    );
  }
  const standardError = Math.sqrt(variance);
  const z = difference / standardError;
  return {
    difference,
    covariance: shared,
    standardError,
    interval: waldInterval(difference, standardError, level),
    z,
    p: normalTwoSided(z),
  };
};
