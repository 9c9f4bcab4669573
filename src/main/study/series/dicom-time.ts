/** DICOM times (VR TM and DT, PS3.5 6.2) as seconds, and the differences between them. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { text } from './fact-values.ts';

const secondsPerDay = 86_400;

/**
 * Seconds since midnight of a TM value: `HHMMSS.FFFFFF`, shortened forms, and the `HH:MM:SS` of ACR-NEMA files.
 * A number has lost its leading zeros (`90512` is 09:05:12), which are put back.
 */
export const secondsOfDay = (value: string): number | undefined => {
  const compact = value
    .trim()
    .replace(/^(\d{1,2}):(\d{2})(?::(\d{2}))?/, (_all, h: string, m: string, s?: string) =>
      h.padStart(2, '0').concat(m, s ?? ''),
    );
  const match = /^(\d{1,6})(\.\d{1,})?$/.exec(compact);
  const digits = match?.[1];
  if (!digits) return undefined;
  const whole = digits.length % 2 === 1 ? digits.padStart(digits.length + 1, '0') : digits;
  const part = (at: number) => Number(whole.slice(at, at + 2) || '0');
  const [hours, minutes, seconds] = [part(0), part(2), part(4)];
  // 60 is allowed for a leap second.
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  return hours * 3600 + minutes * 60 + seconds + Number(match?.[2] ?? 0);
};

/** Days since 1970-01-01 of a DA value (`YYYYMMDD`, ACR-NEMA's `YYYY.MM.DD`, or dashes as other standards write them). */
export const dayNumber = (value: string): number | undefined => {
  const match = /^(\d{4})[.-]?(\d{2})[.-]?(\d{2})/.exec(value.trim());
  if (!match) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  const milliseconds = Date.UTC(year, month - 1, day);
  return Number.isFinite(milliseconds) ? milliseconds / 1000 / secondsPerDay : undefined;
};

/** A moment: seconds of its day, and the day where the file tells it. */
export interface Moment {
  seconds: number;
  day?: number;
}

const momentOfDateTime = (value: string): Moment | undefined => {
  const seconds = /^\d{10,}/.test(value) ? secondsOfDay(value.slice(8).replace(/[+-]\d{4}$/, '')) : undefined;
  const day = dayNumber(value);
  return seconds === undefined || day === undefined ? undefined : { seconds, day };
};

/** Reads a DT attribute, or a TM attribute together with its DA attribute where there is one. */
export const moment = (facts: SeriesFacts, keywords: { dateTime?: string; date?: string; time: string }) => {
  const joined = keywords.dateTime ? momentOfDateTime(text(facts, keywords.dateTime)) : undefined;
  if (joined) return joined;
  const seconds = secondsOfDay(text(facts, keywords.time));
  if (seconds === undefined) return undefined;
  const day = keywords.date ? dayNumber(text(facts, keywords.date)) : undefined;
  return day === undefined ? { seconds } : { seconds, day };
};

/**
 * Seconds from one moment to another. Where a day is unknown, the difference that is nearest to zero is taken, so
 * that an examination across midnight is not torn apart.
 */
export const secondsBetween = (from: Moment, to: Moment): number => {
  if (from.day !== undefined && to.day !== undefined) {
    return (to.day - from.day) * secondsPerDay + to.seconds - from.seconds;
  }
  const difference = to.seconds - from.seconds;
  if (difference > secondsPerDay / 2) return difference - secondsPerDay;
  return difference < -secondsPerDay / 2 ? difference + secondsPerDay : difference;
};
