/** What the lesion table shows under the lesions, by time point and criterion. Pure. */
import { type Criterion, criterionNames } from '#shared/clinical/response/timeline.ts';
import { type BestRead, bestRead, type ReadResponse, readResponses } from '#shared/course/confirmed-responses.ts';
import type { Course } from '#shared/course/course.ts';
import { type AssessedCourse, assessCourse } from '#shared/course/course-timeline.ts';
import type { DiameterKind } from '#shared/course/measure-text.ts';
import { decimals } from '#shared/format.ts';

export const columns: readonly { criterion: Criterion; kind: DiameterKind }[] = [
  { criterion: 'recist-1.1', kind: 'mm' },
  { criterion: 'mrecist', kind: 'viableMm' },
];

export { criterionNames };

export interface CriterionView {
  readonly criterion: Criterion;
  readonly assessed: AssessedCourse;
  readonly read: readonly ReadResponse[];
  readonly best: BestRead;
}

export const criterionViews = (course: Course): Record<Criterion, CriterionView> => {
  const view = (criterion: Criterion): CriterionView => {
    const assessed = assessCourse(course, criterion);
    const read = readResponses(course, criterion, assessed);
    return { criterion, assessed, read, best: bestRead(course, criterion, assessed, read) };
  };
  return { 'recist-1.1': view('recist-1.1'), mrecist: view('mrecist') };
};

/** To a tenth, with a true minus sign: `−29.5 %` is short of 30 and shall look so. */
export const change = (percent: number | undefined): string =>
  percent === undefined ? '–' : `${percent > 0 ? '+' : ''}${decimals(percent, 1)} %`;

export const millimetres = (mm: number | undefined): string => (mm === undefined ? '–' : decimals(mm, 1));
