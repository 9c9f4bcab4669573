/** A course as the response engines read it, and what they make of it. Pure. */
import { type AssessedTimeline, type AssessedVisit, assessTimeline } from '../clinical/response/assess-timeline.ts';
import {
  type Criterion,
  defaultOptions,
  type LesionIdentity,
  type MeasuredVisit,
  type ResponseOptions,
  type Visit,
} from '../clinical/response/timeline.ts';
import type { ComputedResponse } from './assessment.ts';
import type { Course } from './course.ts';
import type { TimePoint } from './time-point.ts';

/** Randomisation, else the first cycle, else the baseline image. */
export const startOf = ({ plan, cycles, timePoints }: Pick<Course, 'plan' | 'cycles' | 'timePoints'>): string =>
  plan.randomised ?? cycles[0]?.date ?? timePoints[0]?.date ?? '';

export const optionsOf = ({ plan }: Pick<Course, 'plan'>, criterion: Criterion): ResponseOptions => {
  const chosen = Object.fromEntries(
    Object.entries(plan.options[criterion] ?? {}).filter(([, value]) => value !== undefined),
  );
  const options: ResponseOptions = { ...defaultOptions(criterion), ...chosen };
  return criterion === 'recist-1.1' ? { ...options, fiveMillimetreRule: true } : options;
};

const identities = ({ lesions }: Pick<Course, 'lesions'>): LesionIdentity[] =>
  lesions.flatMap(({ id, organ, node, role }) => (role === 'new' ? [] : [{ id, organ, node, role }]));

const isPresent = (point: TimePoint, id: string): boolean => {
  const state = point.measures[id]?.state;
  return state === 'measured' || state === 'too-small' || state === 'split';
};

/** The reader's word, else whether a lesion that is new was measured there. */
const newLesionsAt = ({ lesions }: Pick<Course, 'lesions'>, point: TimePoint): MeasuredVisit['newLesions'] => {
  if (point.newLesions) return point.newLesions;
  return lesions.some(({ id, role }) => role === 'new' && isPresent(point, id)) ? 'unequivocal' : 'none';
};

const visitOf = (course: Pick<Course, 'lesions'>, point: TimePoint, criterion: Criterion): Visit => {
  const stated = point.stated?.[criterion];
  if (stated) return { date: point.date, overall: stated };
  return {
    date: point.date,
    measures: point.measures,
    nonTarget: point.nonTarget,
    newLesions: newLesionsAt(course, point),
    markers: point.markers,
  };
};

export interface AssessedCourse extends Omit<AssessedTimeline, 'visits'> {
  readonly options: ResponseOptions;
  /** By id of the time point. */
  readonly visits: ReadonlyMap<string, AssessedVisit>;
}

/** One criterion over all time points. Two time points of one day are judged in the order in which they stand. */
export const assessCourse = (course: Course, criterion: Criterion): AssessedCourse => {
  const options = optionsOf(course, criterion);
  const points = course.timePoints.toSorted((a, b) => a.date.localeCompare(b.date));
  const { visits, ...whole } = assessTimeline({
    start: startOf(course),
    criterion,
    options,
    lesions: identities(course),
    visits: points.map((point) => visitOf(course, point, criterion)),
  });
  const byPoint = points.flatMap(({ id }, index) => {
    const visit = visits[index];
    return visit ? [[id, visit] as const] : [];
  });
  return { ...whole, options, visits: new Map(byPoint) };
};

/** What is kept with a confirmation; undefined where there is no response, as at the baseline. */
export const computedResponse = (
  visit: AssessedVisit | undefined,
  options: ResponseOptions,
): ComputedResponse | undefined =>
  visit?.overall && {
    sum: visit.sum ?? null,
    changeFromBaseline: visit.changeFromBaseline ?? null,
    changeFromNadir: visit.changeFromNadir ?? null,
    target: visit.target ?? null,
    nonTarget: visit.nonTarget ?? null,
    newLesions: visit.newLesions ?? null,
    overall: visit.overall,
    reasons: visit.reasons.map(({ code, text, params }) => ({ code, text, params: { ...params } })),
    options: { ...options },
  };
