/** A case that is kept without images, with its course: from a hospital's table, or made up for demonstration. Pure. */
import type { FactorValues } from '../clinical/factor-values.ts';
import type { ScannedStudy } from '../study/study.ts';
import { assembleCourse, type PartInForce } from './assemble.ts';
import type { BaselineSource } from './baseline.ts';
import type { Course, CourseWrite } from './course.ts';

export interface CaseWithoutImages {
  readonly source: { readonly kind: 'none' | 'simulated'; readonly path: '' };
  readonly study: ScannedStudy;
  readonly factors: FactorValues;
  readonly writes: readonly CourseWrite[];
}

/** There was no study here, so it has no identifier; the patient is who the table says. */
export const studyWithoutImages = (
  patient: ScannedStudy['patient'],
  day: string | undefined,
  description: string | undefined,
): ScannedStudy => ({
  studyInstanceUID: '',
  patient,
  ...(day === undefined ? {} : { studyDate: day.replaceAll('-', '') }),
  ...(description === undefined ? {} : { studyDescription: description }),
  series: [],
  notes: [],
});

/** The course that writes make, before they are kept. */
export const courseOfWrites = (source: BaselineSource, writes: readonly CourseWrite[]): Course =>
  assembleCourse(
    'unsaved',
    source,
    writes.map(({ kind, id, body }, sequence) => ({ kind, id, body, sequence }) as PartInForce),
  );
