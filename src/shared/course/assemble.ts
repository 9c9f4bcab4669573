/** A course from its case and from the parts that the records hold of it. Pure. */
import { byDate } from '../by-date.ts';
import { type BaselineSource, baselineLesions, baselineTimePoint } from './baseline.ts';
import { type Course, type CourseKind, type CourseParts, type CourseWrite, partKey } from './course.ts';
import type { CourseLesion } from './lesion-over-time.ts';
import { defaultPlan } from './plan.ts';
import { BASELINE, type TimePoint } from './time-point.ts';

/** A part as it is in force: the newest entry, unless that took it away. */
export type PartInForce = {
  [K in CourseKind]: { kind: K; id: string; sequence: number; body: CourseParts[K] | null };
}[CourseKind];

const bodies = <K extends CourseKind>(parts: readonly PartInForce[], kind: K): CourseParts[K][] =>
  parts.flatMap((part) => (part.kind === kind && part.body !== null ? [part.body as CourseParts[K]] : []));

/** `L2` before `L10`. */
const byId = (lesions: readonly CourseLesion[]): CourseLesion[] =>
  lesions.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));

const baselineFirst = (points: readonly TimePoint[]): TimePoint[] => [
  ...points.filter(({ id }) => id === BASELINE),
  ...byDate(points.filter(({ id }) => id !== BASELINE)),
];

/**
 * What the first change of a course keeps beside itself: the baseline that the responses will be read against. Later
 * changes of the case leave it as it was then.
 */
export const baselineWrites = (source: BaselineSource): CourseWrite[] => [
  ...baselineLesions(source.lesions).map((body) => ({ kind: 'lesion' as const, id: body.id, body, base: null })),
  { kind: 'time-point', id: BASELINE, body: baselineTimePoint(source), base: null },
];

export const assembleCourse = (caseId: string, source: BaselineSource, parts: readonly PartInForce[]): Course => {
  const isBegun = parts.length > 0;
  const [plan = defaultPlan] = bodies(parts, 'plan');
  const [end = null] = bodies(parts, 'end');
  const [outcome = null] = bodies(parts, 'outcome');
  return {
    caseId,
    plan,
    lesions: isBegun ? byId(bodies(parts, 'lesion')) : baselineLesions(source.lesions),
    timePoints: isBegun ? baselineFirst(bodies(parts, 'time-point')) : [baselineTimePoint(source)],
    cycles: byDate(bodies(parts, 'cycle')),
    coTherapies: bodies(parts, 'co-therapy').toSorted((a, b) => a.start.localeCompare(b.start)),
    end,
    assessments: bodies(parts, 'assessment'),
    outcome,
    images: bodies(parts, 'images'),
    revisions: Object.fromEntries(parts.map(({ kind, id, sequence }) => [partKey(kind, id), sequence])),
  };
};
