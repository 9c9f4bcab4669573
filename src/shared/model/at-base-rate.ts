import {
  interceptForRate,
  type PredictiveValues,
  predictiveValues,
  predictiveValuesIn,
  withIntercept,
} from '../statistics/base-rate.ts';
import type { CohortMetrics, ModelManifest } from './manifest.ts';
import type { Prediction } from './prediction.ts';

/** Over the reference population of the package: predictive values and the patient's probability move together. */
interface OverPopulation extends PredictiveValues {
  basis: 'population';
  cohort: string;
  patients: number;
  probability: number;
  low: number | undefined;
  high: number | undefined;
}

/** By Bayes' theorem from a cohort's sensitivity and specificity, where the package carries no population. */
interface ByBayes extends PredictiveValues {
  basis: 'metrics';
  source: CohortMetrics & { [K in 'sensitivity' | 'specificity']: NonNullable<CohortMetrics[K]> };
}

export type AtBaseRate = OverPopulation | ByBayes | { basis: 'none' };

const statesBoth = (metrics: CohortMetrics): metrics is ByBayes['source'] =>
  metrics.sensitivity !== undefined && metrics.specificity !== undefined;

/** What a prediction means where `rate` of the patients respond: one computation for the screen and for the report. */
export const atBaseRate = (
  { probability, interval, threshold }: Pick<Prediction, 'probability' | 'interval' | 'threshold'>,
  { metrics, population }: Pick<ModelManifest, 'metrics' | 'population'>,
  rate: number,
): AtBaseRate => {
  if (population) {
    const shift = interceptForRate(population.bins, rate);
    return {
      basis: 'population',
      cohort: population.cohort,
      patients: population.bins.reduce((sum, { n }) => sum + n, 0),
      ...predictiveValuesIn(population.bins, threshold, shift),
      probability: withIntercept(probability, shift),
      low: interval ? withIntercept(interval.low, shift) : undefined,
      high: interval ? withIntercept(interval.high, shift) : undefined,
    };
  }
  // The cohort furthest from training that states both: internal validation before cross-validation.
  const source = metrics.filter(statesBoth).at(-1);
  if (!source) return { basis: 'none' };
  return { basis: 'metrics', source, ...predictiveValues(source.sensitivity.value, source.specificity.value, rate) };
};
