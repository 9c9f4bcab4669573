import type { CaseQuery, CaseSummary } from '#shared/cases/case.ts';

type CaseCourse = NonNullable<CaseSummary['course']>;

/** What the list of cases reads of a course, beside the case itself; null where there is none. */
export interface CourseColumns {
  course_state: CaseCourse['state'] | null;
  follow_up_due: string | null;
  outcome_missing: 0 | 1 | null;
  follow_ups: number | null;
  cycles: number | null;
  best_recist: CaseCourse['best']['recist-1.1'];
  best_mrecist: CaseCourse['best']['mrecist'];
  source_kind: string | null;
}

export const COURSE_COLUMNS = `k.state AS course_state, k.follow_up_due, k.outcome_missing, k.follow_ups, k.cycles, k.best_recist,
  k.best_mrecist, c.source_kind`;
export const COURSE_JOIN = 'LEFT JOIN course_list k ON k.number = l.number LEFT JOIN cases c ON c.number = l.number';

const conditions: Record<NonNullable<CaseQuery['course']>, string> = {
  open: `k.state = 'open'`,
  closed: `k.state = 'closed'`,
  due: `k.state = 'open' AND k.follow_up_due <= ?`,
  'outcome-missing': 'k.outcome_missing = 1',
};

/**
 * Most courses of a long history are closed: those are asked of each row of the list, which soon has a page of them. The
 * others are few, and an index finds them first.
 */
const selects = (course: NonNullable<CaseQuery['course']>): string =>
  course === 'closed'
    ? `EXISTS (SELECT 1 FROM course_list k WHERE k.number = l.number AND ${conditions[course]})`
    : `l.number IN (SELECT k.number FROM course_list k WHERE ${conditions[course]})`;

/** Pure: the condition that a query sets on the course, and its parameters. */
export const courseCondition = ({ course, today }: CaseQuery): { sql: string[]; params: string[] } =>
  course === undefined
    ? { sql: [], params: [] }
    : {
        sql: [selects(course)],
        params: course === 'due' ? [today ?? ''] : [],
      };

export const courseOf = (row: Partial<CourseColumns>): Pick<CaseSummary, 'course' | 'simulated'> => ({
  ...(row.source_kind === 'simulated' ? { simulated: true } : {}),
  ...(row.course_state
    ? {
        course: {
          state: row.course_state,
          followUpDue: row.follow_up_due ?? null,
          outcomeMissing: row.outcome_missing === 1,
          followUps: row.follow_ups ?? 0,
          cycles: row.cycles ?? 0,
          best: { 'recist-1.1': row.best_recist ?? null, mrecist: row.best_mrecist ?? null },
        },
      }
    : {}),
});
