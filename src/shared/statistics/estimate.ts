/** What a statistic answers, and how it says that it cannot. */
import { AppError } from '../errors.ts';
import { DEFAULT_LEVEL, normalQuantile } from './distributions.ts';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Why a figure of an ordinary cohort is not determined: said in the words of the page. */
export const notEstimableReasons = [
  'few-for-variance',
  'alike',
  'nobody',
  'no-event',
  'only-events',
  'no-probability',
  'same-score',
  'separated',
  'not-converging',
  'not-varying',
  'endless-hazard',
  'no-hazard',
  'no-follow-up',
  'no-order',
  'one-group',
  'few-for-cusum',
  'few-after-recalibration',
  'few-for-change',
  'no-change',
  'one-reader',
  'one-grade',
] as const;
export type NotEstimableReason = (typeof notEstimableReasons)[number];

/** The data do not determine the figure. The sentence says why: no number that looks fine takes its place. */
export class NotEstimable extends AppError {
  /** Undefined where only a fault of the caller, or a table's, leads there. */
  readonly reason: NotEstimableReason | undefined;
  /** What the words of the reason name. */
  readonly named: Readonly<Record<string, string | number>> | undefined;

  constructor(message: string, reason?: NotEstimableReason, named?: Readonly<Record<string, string | number>>) {
    super('not-estimable', message, { params: { why: message, ...named } });
    this.name = 'NotEstimable';
    this.reason = reason;
    this.named = named;
  }
}

/** Wald: estimate ± z · standard error, two-sided. */
export const waldInterval = (estimate: number, standardError: number, level = DEFAULT_LEVEL): Interval => {
  const z = normalQuantile((1 + level) / 2);
  return { low: estimate - z * standardError, high: estimate + z * standardError };
};

export const mean = (values: readonly number[]): number => {
  if (values.length === 0) throw new NotEstimable('There is no value to take the mean of.');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
