/** What is due in a course. */

import { addDays, type Criterion, criteria } from '../clinical/response/timeline.ts';
import { bestRead } from './confirmed-responses.ts';
import type { Course } from './course.ts';
import { startOf } from './course-timeline.ts';

/**
 * The day of the next imaging: so many weeks after the last one, or after the start where that is later. Undefined before
 * treatment, and once the course is closed or a death is known.
 */
export const followUpDue = (course: Course): string | undefined => {
  if (course.outcome || (course.cycles.length === 0 && !course.plan.randomised)) return undefined;
  const last = [startOf(course), ...course.timePoints.map(({ date }) => date)].toSorted().at(-1);
  return last && addDays(last, 7 * course.plan.followUpWeeks);
};

/** Treatment has ended, or the disease has progressed, and nothing says how it came out. */
export const isOutcomeMissing = (course: Course): boolean => {
  if (course.outcome) return false;
  if (course.end) return true;
  return criteria.some((criterion) =>
    course.assessments.some((one) => one.criterion === criterion && one.response === 'PD'),
  );
};

export interface CourseSummary {
  readonly state: 'open' | 'closed';
  readonly followUpDue: string | undefined;
  readonly outcomeMissing: boolean;
  readonly followUps: number;
  readonly cycles: number;
  /** By each criterion: of the outcome, else what is read so far. */
  readonly best: { readonly 'recist-1.1': string | undefined; readonly mrecist: string | undefined };
}

const bestOf = (course: Course, criterion: Criterion): string | undefined =>
  course.outcome ? course.outcome.best[criterion]?.response : bestRead(course, criterion).best.response;

/** What the list of cases says of a course. */
export const summariseCourse = (course: Course): CourseSummary => ({
  state: course.outcome ? 'closed' : 'open',
  followUpDue: followUpDue(course),
  outcomeMissing: isOutcomeMissing(course),
  followUps: course.timePoints.length - 1,
  cycles: course.cycles.length,
  best: { 'recist-1.1': bestOf(course, 'recist-1.1'), mrecist: bestOf(course, 'mrecist') },
});
