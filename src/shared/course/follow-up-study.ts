/** Whether a study can be a follow-up of a course, apart from whose it is. Pure. */
import { isCalendarDate, normaliseDate } from '../clinical/calendar-date.ts';
import { isNotMr } from '../study/modality.ts';
import type { ScannedStudy } from '../study/study.ts';
import { stillToCome } from './future-days.ts';
import { BASELINE, type TimePoint } from './time-point.ts';

export const followUpRefusals = ['same-study', 'no-mr', 'undated', 'before-baseline', 'in-future'] as const;
export type FollowUpRefusal = (typeof followUpRefusals)[number];

/** ISO 8601 day of a study; undefined where it says none that there is. */
export const dayOfStudy = ({ studyDate }: Pick<ScannedStudy, 'studyDate'>): string | undefined => {
  const day = normaliseDate(studyDate ?? '').slice(0, 10);
  return isCalendarDate(day) ? day : undefined;
};

/** Why not; undefined where nothing speaks against it. @param day of the study, or what a person says of one that names none */
export const followUpRefusal = (
  points: readonly TimePoint[],
  study: Pick<ScannedStudy, 'studyInstanceUID' | 'studyDate' | 'series'>,
  day: string | undefined,
  today: string,
): FollowUpRefusal | undefined => {
  const isKnown = points.some(
    (point) => point.study.state === 'opened' && point.study.studyInstanceUID === study.studyInstanceUID,
  );
  if (isKnown) return 'same-study';
  if (study.series.every(isNotMr)) return 'no-mr';
  if (day === undefined) return 'undated';
  if (stillToCome([day], today).length > 0) return 'in-future';
  const baseline = points.find(({ id }) => id === BASELINE);
  return baseline && day < baseline.date ? 'before-baseline' : undefined;
};

/** The time point of that day whose numbers were typed without images, for the images to join; undefined for a new one. */
export const pointWithoutImages = (points: readonly TimePoint[], day: string): TimePoint | undefined =>
  points.find(({ id, date, study }) => id !== BASELINE && date === day && study.state === 'none');
