/** Laboratory values taken long before or after the images may not describe the patient whom the images show. */
import { type FactorId, type FactorValues, factorIds } from './factor-values.ts';

/** This program's own choice, after the four weeks that RECIST 1.1 allows between baseline images and treatment. */
export const SAMPLE_DAYS = 28;

const MS_PER_DAY = 86_400_000;

/** Days since 1970 of DICOM's `20260314` or ISO 8601; undefined for anything else. */
const dayNumber = (text: string | undefined): number | undefined => {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(text ?? '');
  return match ? Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / MS_PER_DAY : undefined;
};

/** Days from `from` to `to`; undefined where one of them is no date. */
export const daysBetween = (from: string | undefined, to: string | undefined): number | undefined => {
  const [start, end] = [dayNumber(from), dayNumber(to)];
  return start === undefined || end === undefined ? undefined : end - start;
};

/** Values whose date lies more than `SAMPLE_DAYS` from the study's; none where a date is not known. */
export const samplesApart = (
  factors: FactorValues,
  studyDate: string | undefined,
): readonly { readonly id: FactorId; readonly days: number }[] =>
  factorIds.flatMap((id) => {
    const days = Math.abs(daysBetween(studyDate, factors[id]?.date) ?? 0);
    return days > SAMPLE_DAYS ? [{ id, days }] : [];
  });
