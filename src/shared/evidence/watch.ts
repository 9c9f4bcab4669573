/**
 * Whether a model goes on holding: what is watched over the evaluated patients in the order of their dates, and what asks for
 * attention. An alarm says that something changed, and never why. Pure.
 */
import { byDate } from '../by-date.ts';
import { seededRandom } from '../course/simulated/random.ts';
import { type Coefficient, calibrationInTheLarge } from '../statistics/calibration.ts';
import { type CusumStep, cusum } from '../statistics/cusum.ts';
import { type CusumLimits, cusumLimits, WATCHED } from '../statistics/cusum-limits.ts';
import { normalTwoSided } from '../statistics/distributions.ts';
import { NotEstimable } from '../statistics/estimate.ts';
import { type Proportion, proportion } from '../statistics/proportion.ts';
import { attempt, isProblem, type Problem } from '../statistics/validation.ts';
import { cohortOf, type EvaluatedRow } from './cohort.ts';
import { comparatorIds } from './comparator.ts';
import { COVERED, type EvidenceRow, modelKey } from './evidence-row.ts';
import { type FittedLine, ORIGINAL, recalibrated } from './recalibration/recalibrate.ts';
import type { Selection } from './selection.ts';

/** The newest so many evaluated cases are watched: what was years ago is no news. */
const MOST_WATCHED = 400;
/** Fewer say nothing. */
const LEAST_WATCHED = 30;
/** Of those predicted, the newest so many are held against all before. */
const RECENT = 50;
const SEED = 20_261_127;
const ALPHA = 0.01;

export interface CusumChart {
  readonly more: readonly CusumStep[];
  readonly fewer: readonly CusumStep[];
  readonly limits: CusumLimits;
  /** Day of the first signal of each chart. */
  readonly signals: { readonly more: string | undefined; readonly fewer: string | undefined };
  readonly dates: readonly string[];
}

/** A share before and among the newest. */
export interface Shift {
  readonly id: string;
  readonly before: Proportion;
  readonly recent: Proportion;
  /** The exact intervals do not meet. */
  readonly isShift: boolean;
}

export const alarmKinds = [
  'more-responses',
  'fewer-responses',
  'calibration-drift',
  'unlike-training',
  'withheld',
  'missing',
  'new-scanner',
] as const;
export interface Alarm {
  readonly kind: (typeof alarmKinds)[number];
  readonly params: Readonly<Record<string, string | number>>;
}

export interface CalibrationDrift {
  readonly earlier: Coefficient;
  readonly later: Coefficient;
  readonly p: number;
}

export interface Watch {
  /** Day of the last patient that the recalibration in force was fitted on: outcomes are watched of who came after, and of nobody else. */
  readonly after: string | undefined;
  readonly cusum: CusumChart | Problem;
  readonly drift: CalibrationDrift | Problem;
  readonly withheld: Shift | Problem;
  readonly unlikeTraining: Shift | Problem;
  /** Of factors, those whose missing values became more or fewer. */
  readonly missing: readonly Shift[];
  /** Scanners among the newest that nobody had before. */
  readonly newScanners: readonly string[];
  readonly alarms: readonly Alarm[];
}

/**
 * In the order of their days, whose outcomes are held against the probability that is in force. Of a recalibration only those after the
 * last that it was fitted on: the others hold by themselves (their calibration in the large is 0 by the fit), and would hide what comes after.
 */
const watchedBy = (rows: readonly EvaluatedRow[], { last }: FittedLine): EvaluatedRow[] => {
  if (last === undefined) return byDate(rows);
  const watched = byDate(rows.filter(({ date }) => date > last));
  if (watched.length < LEAST_WATCHED) {
    throw new NotEstimable(
      `Watching the recalibrated probability needs ${LEAST_WATCHED} evaluated cases after ${last}, the last that it was fitted on; there are ${watched.length}.`,
      'few-after-recalibration',
      { needed: LEAST_WATCHED, last, n: watched.length },
    );
  }
  return watched;
};

const chartOf = (rows: readonly EvaluatedRow[], line: FittedLine): CusumChart => {
  const watched = watchedBy(rows, line).slice(-MOST_WATCHED);
  if (watched.length < LEAST_WATCHED) {
    throw new NotEstimable(
      `A CUSUM chart needs ${LEAST_WATCHED} evaluated cases; there are ${watched.length}.`,
      'few-for-cusum',
      { needed: LEAST_WATCHED, n: watched.length },
    );
  }
  const probabilities = watched.map(({ probability }) => recalibrated(probability, line));
  const outcomes = watched.map(({ outcome }) => outcome);
  const limits = cusumLimits(probabilities, watched.length, { next: seededRandom(SEED).next });
  const more = cusum(outcomes, probabilities, WATCHED.more, limits.more);
  const fewer = cusum(outcomes, probabilities, WATCHED.fewer, limits.fewer);
  const first = (steps: readonly CusumStep[]) => watched[steps.findIndex(({ signal }) => signal)]?.date;
  return {
    more,
    fewer,
    limits,
    signals: { more: first(more), fewer: first(fewer) },
    dates: watched.map(({ date }) => date),
  };
};

/** Are the probabilities that are in force as right of the later half as of the earlier one? */
const driftOf = (rows: readonly EvaluatedRow[], line: FittedLine): CalibrationDrift => {
  const ordered = watchedBy(rows, line);
  const middle = Math.floor(ordered.length / 2);
  const of = (some: readonly EvaluatedRow[]) =>
    calibrationInTheLarge(
      some.map(({ outcome }) => outcome),
      some.map(({ probability }) => recalibrated(probability, line)),
    );
  const [earlier, later] = [of(ordered.slice(0, middle)), of(ordered.slice(middle))];
  const z = (later.value - earlier.value) / Math.hypot(earlier.standardError, later.standardError);
  return { earlier, later, p: normalTwoSided(z) };
};

const apart = (a: Proportion, b: Proportion): boolean => a.exact.high < b.exact.low || b.exact.high < a.exact.low;

const shiftOf = (id: string, rows: readonly EvidenceRow[], holds: (row: EvidenceRow) => boolean): Shift => {
  const [earlier, newest] = [rows.slice(0, -RECENT), rows.slice(-RECENT)];
  if (earlier.length < RECENT) {
    throw new NotEstimable(
      `A change needs ${2 * RECENT} predicted cases; there are ${rows.length}.`,
      'few-for-change',
      { needed: 2 * RECENT, n: rows.length },
    );
  }
  const share = (some: readonly EvidenceRow[]) => proportion(some.filter(holds).length, some.length);
  const [before, recent] = [share(earlier), share(newest)];
  return { id, before, recent, isShift: apart(before, recent) };
};

const percentOf = ({ value }: Proportion): number => Math.round(100 * value);

const shiftAlarm = (kind: Alarm['kind'], shift: Shift | Problem): Alarm[] =>
  isProblem(shift) || !shift.isShift
    ? []
    : [{ kind, params: { id: shift.id, before: percentOf(shift.before), recent: percentOf(shift.recent) } }];

const alarmsOf = ({
  cusum: chart,
  drift,
  withheld,
  unlikeTraining,
  missing,
  newScanners,
}: Omit<Watch, 'alarms' | 'after'>): Alarm[] => [
  ...(isProblem(chart) || chart.signals.more === undefined
    ? []
    : [{ kind: 'more-responses' as const, params: { since: chart.signals.more } }]),
  ...(isProblem(chart) || chart.signals.fewer === undefined
    ? []
    : [{ kind: 'fewer-responses' as const, params: { since: chart.signals.fewer } }]),
  ...(isProblem(drift) || drift.p >= ALPHA
    ? []
    : [
        {
          kind: 'calibration-drift' as const,
          params: { earlier: drift.earlier.value.toFixed(2), later: drift.later.value.toFixed(2) },
        },
      ]),
  ...shiftAlarm('unlike-training', unlikeTraining),
  ...shiftAlarm('withheld', withheld),
  ...missing.flatMap((shift) => shiftAlarm('missing', shift)),
  ...newScanners.map((scanner) => ({ kind: 'new-scanner' as const, params: { scanner } })),
];

/** @param line the recalibration in force: its own validity is what is watched then. */
export const watchOf = (rows: readonly EvidenceRow[], selection: Selection, line: FittedLine = ORIGINAL): Watch => {
  const { evaluated } = cohortOf(rows, selection);
  // A patient who trained the model is not unlike its training, has every value, and says nothing of what comes in here.
  const predicted = byDate(rows).filter(
    ({ prediction, split }) =>
      prediction &&
      modelKey(prediction) === selection.model &&
      !prediction.withheldBecause.includes(COVERED) &&
      split !== 'training' &&
      split !== 'unknown',
  );
  const isUnlike = ({ prediction }: EvidenceRow) => prediction?.withheldBecause.includes('unlike-training') ?? false;
  const isWithheld = ({ prediction }: EvidenceRow) => prediction?.probability === null;
  const [earlier, newest] = [predicted.slice(0, -RECENT), predicted.slice(-RECENT)];
  const known = new Set(earlier.map(({ scanner }) => scanner));
  const watch = {
    after: line.last,
    cusum: attempt(() => chartOf(evaluated, line)),
    drift: attempt(() => driftOf(evaluated, line)),
    withheld: attempt(() => shiftOf('withheld', predicted, isWithheld)),
    unlikeTraining: attempt(() => shiftOf('unlike-training', predicted, isUnlike)),
    missing: comparatorIds.flatMap((id) => {
      const shift = attempt(() => shiftOf(id, predicted, ({ values }) => values[id] === undefined));
      return isProblem(shift) || !shift.isShift ? [] : [shift];
    }),
    newScanners:
      earlier.length < RECENT
        ? []
        : [...new Set(newest.map(({ scanner }) => scanner))].filter((scanner) => scanner !== '' && !known.has(scanner)),
  };
  return { ...watch, alarms: alarmsOf(watch) };
};
