/** The baseline of a course as the kept case gives it: nothing of what was measured before is asked again. */
import { normaliseDate } from '../clinical/calendar-date.ts';
import type { FactorValues } from '../clinical/factor-values.ts';
import { type Lesion, lesionDiameterMm } from '../study/lesion.ts';
import type { ScannedStudy } from '../study/study.ts';
import type { CourseLesion } from './lesion-over-time.ts';
import { BASELINE, type TimePoint } from './time-point.ts';

/** What a course takes from its case. */
export interface BaselineSource {
  readonly createdAt: string;
  readonly source: { readonly kind: string; readonly path: string };
  readonly study: Pick<ScannedStudy, 'studyInstanceUID' | 'studyDate' | 'studyDescription'>;
  readonly lesions: readonly Lesion[];
  readonly factors: FactorValues;
}

/** Lesions of the case by their course ids, in the order in which they were measured. */
export const baselineLesions = (lesions: readonly Lesion[]): CourseLesion[] =>
  lesions.map((lesion, index) => ({
    id: `L${index + 1}`,
    role: lesion.kind,
    organ: 'liver',
    ...(lesion.segment ? { segment: lesion.segment } : {}),
    node: false,
    caseLesionId: lesion.id,
  }));

/** To 0.1 mm: no measurement on an image is finer, and sums are compared in tenths. */
export const toTenth = (mm: number): number => Math.round(mm * 10) / 10;

/**
 * The whole diameter is what was drawn. What of it enhances was not asked in the case, so it is not here: it is entered in
 * the lesion table. A study without a date has the day on which the case was kept, which the reader can change.
 */
export const baselineTimePoint = (source: BaselineSource): TimePoint => {
  const { study, lesions } = source;
  const dated = normaliseDate(study.studyDate ?? '');
  return {
    id: BASELINE,
    date: dated === '' ? source.createdAt.slice(0, 10) : dated,
    study:
      study.studyInstanceUID === ''
        ? { state: 'none' }
        : {
            state: 'opened',
            studyInstanceUID: study.studyInstanceUID,
            ...(study.studyDescription === undefined ? {} : { description: study.studyDescription }),
            path: source.source.path,
          },
    measures: Object.fromEntries(
      lesions.map((lesion, index) => [
        `L${index + 1}`,
        { state: 'measured' as const, mm: toTenth(lesionDiameterMm(lesion)), place: { seriesId: lesion.seriesId } },
      ]),
    ),
    factors: source.factors,
  };
};
