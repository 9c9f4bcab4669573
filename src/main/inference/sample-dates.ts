/** Laboratory values taken long before or after the images may not describe the patient whom the images show. */
import { type FactorValues, factorIds } from '#shared/clinical/factor-values.ts';
import type { PredictionWarning } from '#shared/model/prediction.ts';

/** This program's own choice, after the four weeks that RECIST 1.1 allows between baseline images and treatment. */
export const SAMPLE_DAYS = 28;

const MS_PER_DAY = 86_400_000;

/** Days since 1970 of DICOM's `20260314` or ISO 8601; undefined for anything else. */
const dayNumber = (text: string | undefined): number | undefined => {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text ?? '');
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / MS_PER_DAY : undefined;
};

/** One warning for all values whose date lies more than `SAMPLE_DAYS` from the study's; none where a date is not known. */
export const sampleDateWarnings = (factors: FactorValues, studyDate: string | undefined): PredictionWarning[] => {
  const imaged = dayNumber(studyDate);
  if (imaged === undefined) return [];
  const apart = factorIds.flatMap((id) => {
    const day = dayNumber(factors[id]?.date);
    const days = day === undefined ? 0 : Math.abs(day - imaged);
    return days > SAMPLE_DAYS ? [{ id, days }] : [];
  });
  if (apart.length === 0) return [];
  const ids = apart.map(({ id }) => id).join(', ');
  const days = Math.max(...apart.map((one) => one.days));
  const text = `Dated more than ${SAMPLE_DAYS} days from the images (up to ${days}): ${ids}. Check that they still hold.`;
  return [{ code: 'stale-factors', severity: 'warning', text, params: { factors: ids, days, limit: SAMPLE_DAYS } }];
};
