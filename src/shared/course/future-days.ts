/**
 * What a course keeps has happened: a day of it that is still to come is a slip of the pen. What is planned (when the next image is
 * due, what a board decided to be done) is not asked here. Pure.
 */
import type { FactorValues } from '../clinical/factor-values.ts';
import { addDays } from '../clinical/response/timeline.ts';
import type { CourseKind, CourseParts } from './course.ts';

/** Clocks of a scanner, a workstation and a server in another zone do not agree on when a day begins. */
const TOLERATED_DAYS = 1;

/** The last ISO day that something can have happened on. */
export const latestDay = (today: string): string => addDays(today, TOLERATED_DAYS);

const sampled = (values: FactorValues): (string | undefined)[] => Object.values(values).map((entry) => entry?.date);

const daysOf: { [K in CourseKind]: (part: CourseParts[K]) => readonly (string | undefined)[] } = {
  plan: ({ randomised }) => [randomised],
  lesion: () => [],
  'time-point': ({ date, factors }) => [date, ...sampled(factors)],
  cycle: ({ date, labs, events }) => [date, ...sampled(labs), ...events.map((event) => event.date)],
  'co-therapy': ({ start, end }) => [start, end],
  end: ({ date, conversion }) => [date, conversion?.date],
  assessment: () => [],
  outcome: ({ start, progression, death, lastContact, lastAssessment, best }) => [
    start,
    progression,
    death,
    lastContact,
    lastAssessment,
    ...Object.values(best).map((one) => one?.date),
  ],
  images: () => [],
};

/** @param days ISO 8601, a time behind them or not @param today ISO 8601 day of the clock of whoever asks */
export const stillToCome = (days: readonly (string | undefined)[], today: string): string[] =>
  days.flatMap((day) => (day !== undefined && day.slice(0, 10) > latestDay(today) ? [day] : []));

/** Days of a part that are still to come. */
export const futureDays = <K extends CourseKind>(kind: K, part: CourseParts[K], today: string): string[] =>
  stillToCome(daysOf[kind](part), today);
