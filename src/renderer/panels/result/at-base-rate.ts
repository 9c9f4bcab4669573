import type { CohortMetrics, ModelManifest } from '#shared/model/manifest.ts';
import type { Prediction } from '#shared/model/prediction.ts';
import { interceptForRate, predictiveValues, withIntercept } from '#shared/statistics/base-rate.ts';

export interface AtBaseRate {
  /** The cohort whose sensitivity and specificity the predictive values rest on; absent where no cohort states both. */
  source: CohortMetrics | undefined;
  ppv: number | undefined;
  npv: number | undefined;
  /** Probability and interval at the rate; absent where the package carries no reference population. */
  moved: { probability: number; low: number | undefined; high: number | undefined; patients: number } | undefined;
}

/** What a prediction means where `rate` of the patients respond: one computation for the screen and for the report. */
export const atBaseRate = (
  { probability, interval }: Pick<Prediction, 'probability' | 'interval'>,
  { metrics, population }: Pick<ModelManifest, 'metrics' | 'population'>,
  rate: number,
): AtBaseRate => {
  // The cohort furthest from training that states both: internal validation before cross-validation.
  const source = metrics.filter(({ sensitivity, specificity }) => sensitivity && specificity).at(-1);
  const { sensitivity, specificity } = source ?? {};
  const values = sensitivity && specificity ? predictiveValues(sensitivity.value, specificity.value, rate) : undefined;
  const shift = population && interceptForRate(population.bins, rate);
  const move = (value: number) => withIntercept(value, shift ?? 0);
  return {
    source,
    ppv: values?.ppv,
    npv: values?.npv,
    moved: population && {
      probability: move(probability),
      low: interval ? move(interval.low) : undefined,
      high: interval ? move(interval.high) : undefined,
      patients: population.bins.reduce((sum, { n }) => sum + n, 0),
    },
  };
};
