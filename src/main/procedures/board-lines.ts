/** What a list says of each of its cases. */
import type { Missing } from '#shared/board/meeting.ts';
import type { BoardLine } from '#shared/board/slide.ts';
import type { SavedCase } from '#shared/cases/case.ts';
import { predictionInForce } from '#shared/cases/case-facts.ts';
import { factorIds } from '#shared/clinical/factor-values.ts';
import { refusedFactors } from '#shared/clinical/parse-factors.ts';
import type { Course } from '#shared/course/course.ts';
import { isOutcomeMissing } from '#shared/course/reminders.ts';

export interface ImagesState {
  state: 'at-hand' | 'gone' | 'none';
}

const imagesMissing: Readonly<Record<ImagesState['state'], readonly Missing[]>> = {
  'at-hand': [],
  gone: [{ code: 'images-gone' }],
  none: [{ code: 'no-images' }],
};

/** Pure: what is still missing before the case can be shown. A course that is closed needs no prediction any more. */
export const missingOf = (saved: SavedCase, course: Course, question: string, { state }: ImagesState): Missing[] => {
  const refused = refusedFactors(saved.factors).length;
  const entered = factorIds.filter((id) => saved.factors[id] !== undefined).length - refused;
  const isClosed = course.outcome !== null;
  return [
    ...(question === '' ? [{ code: 'question' as const }] : []),
    ...(entered < factorIds.length ? [{ code: 'factors' as const, entered, total: factorIds.length }] : []),
    ...(predictionInForce(saved) || isClosed ? [] : [{ code: 'prediction' as const }]),
    ...(saved.keyImages.length === 0 && state !== 'none' ? [{ code: 'key-images' as const }] : []),
    ...imagesMissing[state],
    ...(isOutcomeMissing(course) ? [{ code: 'outcome' as const }] : []),
  ];
};

/** A case of which nothing can be read stays in its place, and says so. */
export const unreadableLine = (caseId: string): BoardLine => ({
  caseId,
  patient: { patientName: '', patientId: '' },
  simulated: false,
  listing: { question: '', presenter: '' },
  base: null,
  missing: [{ code: 'unreadable' }],
  decided: false,
  trashed: false,
});
