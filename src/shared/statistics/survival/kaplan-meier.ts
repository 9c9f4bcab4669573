/**
 * Kaplan and Meier's estimate with Greenwood's error. Two intervals are in use and differ: `log` is what R draws by default,
 * `log-log` stays within 0–1. An upper limit that is never reached is undefined, which is a legitimate answer.
 */
import { DEFAULT_LEVEL, normalQuantile } from '../distributions.ts';
import type { Interval } from '../estimate.ts';
import { type FollowUp, type TimeStep, timeSteps } from './follow-up.ts';

export type SurvivalInterval = 'log' | 'log-log';

export interface SurvivalPoint extends TimeStep {
  readonly survival: number;
  /** Of the survival (Greenwood). */
  readonly standardError: number;
  /** Undefined where nobody is left. */
  readonly interval: Interval | undefined;
}

export interface SurvivalQuantile {
  readonly time: number | undefined;
  readonly low: number | undefined;
  readonly high: number | undefined;
}

const intervalOf = (survival: number, logError: number, kind: SurvivalInterval, z: number): Interval | undefined => {
  if (survival === 0) return undefined;
  if (kind === 'log') {
    return { low: survival * Math.exp(-z * logError), high: Math.min(1, survival * Math.exp(z * logError)) };
  }
  if (survival === 1) return { low: 1, high: 1 };
  const [centre, half] = [Math.log(-Math.log(survival)), (z * logError) / Math.log(survival)];
  return { low: Math.exp(-Math.exp(centre - half)), high: Math.exp(-Math.exp(centre + half)) };
};

export const kaplanMeier = (
  patients: readonly FollowUp[],
  kind: SurvivalInterval = 'log',
  level = DEFAULT_LEVEL,
): SurvivalPoint[] => {
  const z = normalQuantile((1 + level) / 2);
  let [survival, greenwood] = [1, 0];
  return timeSteps(patients).map((step) => {
    const { atRisk, events } = step;
    survival *= 1 - events / atRisk;
    greenwood += events === 0 || events === atRisk ? 0 : events / (atRisk * (atRisk - events));
    const logError = Math.sqrt(greenwood);
    return {
      ...step,
      survival,
      standardError: survival * logError,
      interval: intervalOf(survival, logError, kind, z),
    };
  });
};

/** The last step at or before `time`; undefined before the first. */
export const survivalAt = (curve: readonly SurvivalPoint[], time: number): SurvivalPoint | undefined =>
  curve.findLast((point) => point.time <= time);

/** Who is neither dead nor out of sight right before a time. */
export const atRiskAt = (curve: readonly SurvivalPoint[], time: number): number =>
  curve.find((point) => point.time >= time)?.atRisk ?? 0;

/** From the start to the last time of any curve, in quarters: where the patients at risk are said. */
export const riskTimes = (curves: readonly (readonly SurvivalPoint[])[]): number[] => {
  const last = Math.max(1, ...curves.map((curve) => curve.at(-1)?.time ?? 0));
  return [0, 0.25, 0.5, 0.75, 1].map((share) => share * last);
};

/** Equal to within rounding: a curve meets a quantile exactly, or not at all. */
const meets = (value: number, level: number): boolean => Math.abs(value - level) < 1e-9;

/** Where a curve falls to `level`; half way along where it runs flat at it (R's rule). */
const fallsTo = (points: readonly { time: number; value: number | undefined }[], level: number): number | undefined => {
  const at = points.findIndex(({ value }) => value !== undefined && (value < level || meets(value, level)));
  const point = points[at];
  if (!point) return undefined;
  if (point.value === undefined || !meets(point.value, level)) return point.time;
  const next = points.slice(at + 1).find(({ value }) => value === undefined || !meets(value, level));
  return next ? (point.time + next.time) / 2 : point.time;
};

/** Time by which a share of patients had the event, with the limits where the interval's curves reach the same share. */
export const survivalQuantile = (curve: readonly SurvivalPoint[], share = 0.5): SurvivalQuantile => {
  const steps = curve.filter(({ events }) => events > 0);
  const level = 1 - share;
  const of = (value: (point: SurvivalPoint) => number | undefined) =>
    fallsTo(
      steps.map((point) => ({ time: point.time, value: value(point) })),
      level,
    );
  return {
    time: of(({ survival }) => survival),
    low: of(({ interval, survival }) => interval?.low ?? survival),
    high: of(({ interval }) => interval?.high),
  };
};

/** Mean time lived up to `horizon` (area under the curve), with its standard error. */
export const restrictedMean = (
  curve: readonly SurvivalPoint[],
  horizon: number,
): { readonly mean: number; readonly standardError: number } => {
  const steps = curve.filter(({ time, events }) => events > 0 && time <= horizon);
  const bounds = [...steps.map(({ time }) => time), horizon];
  const area = (from: number) =>
    steps
      .slice(from)
      .reduce((sum, step, index) => sum + step.survival * ((bounds[from + index + 1] ?? horizon) - step.time), 0);
  const variance = steps.reduce((sum, { atRisk, events }, index) => {
    if (events === atRisk) return sum;
    return sum + (area(index) ** 2 * events) / (atRisk * (atRisk - events));
  }, 0);
  return { mean: (bounds[0] ?? horizon) + area(0), standardError: Math.sqrt(variance) };
};
