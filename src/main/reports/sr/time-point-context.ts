/** Which visit something is of (TID 1502). */
import { BASELINE, type TimePoint } from '#shared/course/time-point.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import { codes, units } from '../dicom/codes.ts';
import { code, number, text } from './content-items.ts';

/** `order`: from 1, the baseline. */
export const timePointContext = ({ id, date }: Pick<TimePoint, 'id' | 'date'>, order: number): Dataset[] => [
  text('HAS OBS CONTEXT', codes.timePoint, date),
  code('HAS OBS CONTEXT', codes.timePointType, id === BASELINE ? codes.baseline : codes.posttreatment),
  number('HAS OBS CONTEXT', codes.timePointOrder, { value: order, unit: units.none }),
  text('HAS OBS CONTEXT', codes.subjectTimePoint, id),
];
