/** What does not fit within a course as a whole. Each part fits its own schema already. */
import { canonicalJson } from '../canonical-json.ts';
import { bytesOf } from '../cases/key-image.ts';
import type { Assessment } from './assessment.ts';
import type { Course } from './course.ts';
import { assessCourse, computedResponse } from './course-timeline.ts';
import { imagesOf, TIME_POINT_IMAGE_BYTES } from './key-images.ts';
import { BASELINE, type TimePoint } from './time-point.ts';

export const courseProblemCodes = [
  'no-baseline',
  'before-baseline',
  'in-future',
  'two-on-one-day',
  'unknown-lesion',
  'lesion-number-used',
  'unknown-time-point',
  'end-before-start',
  'outcome-order',
  'override-without-reason',
  'images-too-large',
] as const;
export type CourseProblemCode = (typeof courseProblemCodes)[number];

export interface CourseProblem {
  readonly code: CourseProblemCode;
  readonly params: Readonly<Record<string, string>>;
}

const problem = (code: CourseProblemCode, params: Record<string, string> = {}): CourseProblem => ({ code, params });

const timePointProblems = (points: readonly TimePoint[]): CourseProblem[] => {
  const baseline = points.find(({ id }) => id === BASELINE);
  if (!baseline) return [problem('no-baseline')];
  const dates = points.map(({ date }) => date);
  const repeated = dates.find((date, index) => dates.indexOf(date) !== index);
  return [
    ...points
      .filter(({ date }) => date < baseline.date)
      .map(({ date }) => problem('before-baseline', { date, baseline: baseline.date })),
    ...(repeated ? [problem('two-on-one-day', { date: repeated })] : []),
  ];
};

const namedLesions = ({ measures }: TimePoint): string[] =>
  Object.entries(measures).flatMap(([id, measure]) => (measure.state === 'merged' ? [id, measure.into] : [id]));

const lesionProblems = ({ lesions, timePoints }: Course): CourseProblem[] => {
  const known = new Set(lesions.map(({ id }) => id));
  return timePoints.flatMap((point) =>
    namedLesions(point)
      .filter((id) => !known.has(id))
      .map((lesion) => problem('unknown-lesion', { lesion, date: point.date })),
  );
};

const assessmentProblems = ({ assessments, timePoints }: Course): CourseProblem[] => {
  const known = new Set(timePoints.map(({ id }) => id));
  return [
    ...assessments.filter(({ timePointId }) => !known.has(timePointId)).map(() => problem('unknown-time-point')),
    ...assessments
      .filter(({ response, computed, overrideReason }) => response !== computed.overall && !overrideReason)
      .map(({ criterion }) => problem('override-without-reason', { criterion })),
  ];
};

const imageProblems = (course: Course): CourseProblem[] => {
  const known = new Set(course.timePoints.map(({ id }) => id));
  return [
    ...course.images.filter(({ timePointId }) => !known.has(timePointId)).map(() => problem('unknown-time-point')),
    ...course.timePoints
      .filter(({ id }) => bytesOf(imagesOf(course, id)) > TIME_POINT_IMAGE_BYTES)
      .map(({ date }) => problem('images-too-large', { date })),
  ];
};

const dateProblems = ({ coTherapies, outcome }: Course): CourseProblem[] => {
  const after = (day: string | undefined, limit: string | undefined) => day && limit && day > limit;
  return [
    ...coTherapies
      .filter(({ start, end }) => end && end < start)
      .map(({ name }) => problem('end-before-start', { name })),
    ...(outcome &&
    (after(outcome.progression, outcome.death) ||
      after(outcome.lastContact, outcome.death) ||
      after(outcome.start, outcome.death ?? outcome.lastContact) ||
      after(outcome.start, outcome.progression))
      ? [problem('outcome-order')]
      : []),
  ];
};

export const courseProblems = (course: Course): CourseProblem[] => [
  ...timePointProblems(course.timePoints),
  ...lesionProblems(course),
  ...assessmentProblems(course),
  ...imageProblems(course),
  ...dateProblems(course),
];

/** Whether what a reader confirmed is what the engine makes of the measures now. */
export const isComputedNow = (
  course: Course,
  { criterion, timePointId, computed }: Assessment,
  assessed = assessCourse(course, criterion),
): boolean => {
  const now = computedResponse(assessed.visits.get(timePointId), assessed.options);
  return now !== undefined && canonicalJson(now) === canonicalJson(computed);
};
