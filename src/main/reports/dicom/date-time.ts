/** Dates and times of DICOM (PS3.5 6.2: DA, TM). Objects are made where their reader is: local time, without a zone. */
import { isCalendarDate, normaliseDate } from '#shared/clinical/calendar-date.ts';

const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYYMMDD`; empty for what is no day. */
export const compactDate = (day: Date | string | undefined): string => {
  if (day instanceof Date) return `${day.getFullYear()}${two(day.getMonth() + 1)}${two(day.getDate())}`;
  const iso = normaliseDate(day ?? '');
  return isCalendarDate(iso) ? iso.slice(0, 10).replaceAll('-', '') : '';
};

export const compactTime = (at: Date): string => `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
