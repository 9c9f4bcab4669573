/** What a change did to the parts of a course, to take back and do again. Pure. */
import { canonicalJson } from '#shared/canonical-json.ts';
import type { Course, CourseKind, CourseParts } from '#shared/course/course.ts';
import { partKey } from '#shared/course/course.ts';
import { imageSetId } from '#shared/course/key-images.ts';

/** One part as it shall be; null takes it away. */
export type CourseChange = { [K in CourseKind]: { kind: K; id: string; body: CourseParts[K] | null } }[CourseKind];

/** One part before a change and after it. */
export interface Step {
  readonly kind: CourseKind;
  readonly id: string;
  readonly before: unknown;
  readonly after: unknown;
}

const partOf = (course: Course, kind: CourseKind, id: string): unknown => {
  if (kind === 'plan') return course.revisions[partKey(kind, id)] === undefined ? null : course.plan;
  if (kind === 'end') return course.end;
  if (kind === 'outcome') return course.outcome;
  if (kind === 'assessment') {
    return course.assessments.find((one) => `${one.timePointId}/${one.criterion}` === id) ?? null;
  }
  if (kind === 'images') return course.images.find((one) => imageSetId(one) === id) ?? null;
  const lists = {
    lesion: course.lesions,
    'time-point': course.timePoints,
    cycle: course.cycles,
    'co-therapy': course.coTherapies,
  };
  return lists[kind].find((one) => one.id === id) ?? null;
};

export const stepsOf = (course: Course, changes: readonly CourseChange[]): Step[] =>
  changes.map(({ kind, id, body }) => ({ kind, id, before: partOf(course, kind, id), after: body }));

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a ?? null) === canonicalJson(b ?? null);

/** Fields of a part, and the entries of those that are lists by name (measures, values of the day). */
const DEPTH = 2;

/** A lesion that is measured, of which each diameter is entered for itself. */
const isMeasured = (value: unknown): value is Fields => isFields(value) && value.state === 'measured';
const NOT_MEASURED_YET: Fields = { state: 'measured' };

/** As `rebased`, of one entry: the diameter that the step did not touch stays; undefined where none is left. */
const rebasedEntry = (now: unknown, from: unknown, to: unknown): unknown => {
  const [before = NOT_MEASURED_YET, after = NOT_MEASURED_YET] = [from, to];
  if (!isMeasured(now) || !isMeasured(before) || !isMeasured(after)) return to;
  const next = rebased(now, before, after, 1);
  return isSame(next, NOT_MEASURED_YET) ? undefined : next;
};

/**
 * `now` with what differs between `from` and `to` as it is in `to`. What the step did not touch stays as it became since: images
 * that joined a visit, or what another window entered, are not taken away with a number.
 */
const rebased = (now: unknown, from: unknown, to: unknown, depth = DEPTH): unknown => {
  if (depth === 0) return rebasedEntry(now, from, to);
  if (!isFields(now) || !isFields(from) || !isFields(to)) return to;
  const next: Fields = { ...now };
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    if (isSame(from[key], to[key])) continue;
    const value = rebased(now[key], from[key], to[key], depth - 1);
    if (value === undefined) delete next[key];
    else next[key] = value;
  }
  return next;
};

/** What brings the parts of a step back to what they were before it. */
export const takenBack = (course: Course, steps: readonly Step[]): CourseChange[] =>
  steps
    .map(
      ({ kind, id, before, after }) =>
        ({ kind, id, body: rebased(partOf(course, kind, id), after, before) }) as CourseChange,
    )
    .reverse();

/** The step on the other pile: what is done again. */
export const turned = (steps: readonly Step[]): Step[] =>
  steps.map(({ before, after, ...part }) => ({ ...part, before: after, after: before })).reverse();
