/** What a new part of a course begins with: the last one of its kind where that is likely the same, and nothing that was not known. */
import type { Course } from '#shared/course/course.ts';
import { nextLesionId } from '#shared/course/lesion-numbers.ts';
import type { CourseLesion } from '#shared/course/lesion-over-time.ts';
import type { TimePoint } from '#shared/course/time-point.ts';
import type { CoTherapy, Cycle, Regimen } from '#shared/course/treatment.ts';
import { today } from '#shared/format.ts';

export const newTimePoint = ({ timePoints }: Course): TimePoint => {
  const taken = timePoints.some(({ date }) => date === today());
  return { id: crypto.randomUUID(), date: taken ? '' : today(), study: { state: 'none' }, measures: {}, factors: {} };
};

/** Regimen, height and plan of the cycle before; what was given is entered each time. */
export const newCycle = ({ cycles }: Course, regimens: readonly Regimen[]): Cycle => {
  const before = cycles.at(-1);
  const [first] = regimens;
  const drugs =
    before?.drugs.map(({ given: _given, ...drug }) => drug) ?? first?.drugs.map((drug) => ({ ...drug })) ?? [];
  return {
    id: crypto.randomUUID(),
    date: today(),
    regimen: before?.regimen ?? first?.name ?? '',
    drugs,
    ...(before?.heightCm ? { heightCm: before.heightCm } : {}),
    bsaFormula: before?.bsaFormula ?? 'mosteller',
    ...(before?.route ? { route: before.route } : {}),
    labs: {},
    events: [],
  };
};

/** A lesion that is added once follow-ups are there is probably new. */
export const newLesion = (course: Course): CourseLesion => ({
  id: nextLesionId(course),
  role: course.timePoints.length > 1 ? 'new' : 'target',
  organ: 'liver',
  node: false,
});

export const newTherapy = (): CoTherapy => ({ id: crypto.randomUUID(), kind: 'TKI', name: '', start: today() });
