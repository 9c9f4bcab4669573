/** Which visit something is of (TID 1502). */
import type { Course } from '#shared/course/course.ts';
import { BASELINE, type TimePoint } from '#shared/course/time-point.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import { type Code, codes, units } from '../dicom/codes.ts';
import { code, number, text } from './content-items.ts';

type Visit = Pick<TimePoint, 'id' | 'date'>;

/** None where nobody knows it: before any cycle was entered, and on the day of the first. */
const typeOf = ({ cycles: [first] }: Pick<Course, 'cycles'>, { id, date }: Visit): Code | undefined => {
  if (id === BASELINE) return codes.baseline;
  if (first === undefined || date === first.date) return undefined;
  return date < first.date ? codes.pretreatment : codes.posttreatment;
};

/** `order`: from 1, the baseline. */
export const timePointContext = (course: Pick<Course, 'cycles'>, visit: Visit, order: number): Dataset[] => {
  const type = typeOf(course, visit);
  return [
    text('HAS OBS CONTEXT', codes.timePoint, visit.date),
    ...(type ? [code('HAS OBS CONTEXT', codes.timePointType, type)] : []),
    number('HAS OBS CONTEXT', codes.timePointOrder, { value: order, unit: units.none }),
    text('HAS OBS CONTEXT', codes.subjectTimePoint, visit.id),
  ];
};
