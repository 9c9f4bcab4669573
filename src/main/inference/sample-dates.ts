/** The warning about laboratory values that are far from the images in time. */
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { SAMPLE_DAYS, samplesApart } from '#shared/clinical/sample-dates.ts';
import type { PredictionWarning } from '#shared/model/prediction.ts';

/** One warning for all values that are too far apart; none where a date is not known. */
export const sampleDateWarnings = (factors: FactorValues, studyDate: string | undefined): PredictionWarning[] => {
  const apart = samplesApart(factors, studyDate);
  if (apart.length === 0) return [];
  const ids = apart.map(({ id }) => id).join(', ');
  const days = Math.max(...apart.map((one) => one.days));
  const text = `Dated more than ${SAMPLE_DAYS} days from the images (up to ${days}): ${ids}. Check that they still hold.`;
  return [{ code: 'stale-factors', severity: 'warning', text, params: { factors: ids, days, limit: SAMPLE_DAYS } }];
};
