/** The responses of a course as its reader has them: confirmed ones, which may differ from what the engine says. Pure. */
import { type Best, bestResponse } from '../clinical/response/best-response.ts';
import type { Criterion, ResponseCode } from '../clinical/response/timeline.ts';
import { type Assessment, assessmentId } from './assessment.ts';
import { isComputedNow } from './check-course.ts';
import type { Course } from './course.ts';
import { type AssessedCourse, assessCourse, startOf } from './course-timeline.ts';

export type ConfirmationState = 'none' | 'confirmed' | 'overridden' | 'outdated';

export interface ReadResponse {
  readonly timePointId: string;
  readonly date: string;
  /** The engine's; undefined at the baseline and where the criterion cannot be applied. */
  readonly computed: ResponseCode | undefined;
  /** The reader's where it stands, else the engine's. */
  readonly response: ResponseCode | undefined;
  readonly state: ConfirmationState;
  readonly assessment: Assessment | undefined;
}

const stateOf = (course: Course, assessment: Assessment | undefined, assessed: AssessedCourse): ConfirmationState => {
  if (!assessment) return 'none';
  // Measures or policies were changed after the reader looked: the reader has to look again.
  if (!isComputedNow(course, assessment, assessed)) return 'outdated';
  return assessment.response === assessment.computed.overall ? 'confirmed' : 'overridden';
};

export const readResponses = (
  course: Course,
  criterion: Criterion,
  assessed = assessCourse(course, criterion),
): ReadResponse[] =>
  course.timePoints.map(({ id, date }) => {
    const assessment = course.assessments.find(
      (one) => assessmentId(one.timePointId, one.criterion) === assessmentId(id, criterion),
    );
    const computed = assessed.visits.get(id)?.overall;
    const state = stateOf(course, assessment, assessed);
    const stands = state === 'confirmed' || state === 'overridden';
    return {
      timePointId: id,
      date,
      computed,
      response: stands && assessment ? assessment.response : computed,
      state,
      assessment,
    };
  });

export interface BestRead {
  readonly best: Best;
  readonly bestConfirmed: Best;
  /** Every response that counts was confirmed by a reader. */
  readonly isRead: boolean;
}

/** Best overall response over what the reader took each visit for. */
export const bestRead = (
  course: Course,
  criterion: Criterion,
  assessed = assessCourse(course, criterion),
  responses: readonly ReadResponse[] = readResponses(course, criterion, assessed),
): BestRead => {
  const read = responses.filter(({ response }) => response !== undefined);
  const dated = read
    .flatMap(({ date, response }) => (response ? [{ date, overall: response }] : []))
    .toSorted((a, b) => a.date.localeCompare(b.date));
  return {
    ...bestResponse(dated, startOf(course), assessed.options),
    isRead: read.length > 0 && read.every(({ state }) => state === 'confirmed' || state === 'overridden'),
  };
};
