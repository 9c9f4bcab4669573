/** The dates of a course side by side: what there is to see of each. Pure. */
import type { Course } from '#shared/course/course.ts';
import { marksOf } from '#shared/course/drawn-measure.ts';
import type { DiameterKind } from '#shared/course/measure-text.ts';
import type { TimePoint } from '#shared/course/time-point.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import { type ModelRole, modelRoles, type RoleAssignment } from '#shared/study/roles.ts';
import { movedLesion, type SeriesShift, shiftOf } from '#shared/study/series-shift.ts';
import type { ScannedSeries, ScannedStudy } from '#shared/study/study.ts';
import { type PlannedPane, planPanes } from '../../series/pane-plan.ts';

/** The images of one date that are open. */
export interface OpenImages {
  readonly openId: string;
  readonly study: ScannedStudy;
  readonly roles: readonly RoleAssignment[];
  /** Of the case, at its baseline: nobody moves a series of a follow-up. */
  readonly shifts: readonly SeriesShift[];
}

export interface DateColumn {
  readonly point: TimePoint;
  /** Its place in the course: 0 is the baseline. */
  readonly number: number;
  /** `closed`: there are images, and they are not open. */
  readonly state: 'open' | 'closed' | 'never';
  readonly images: OpenImages | undefined;
  readonly marks: Lesion[];
}

export interface ColumnSources {
  readonly course: Course;
  readonly imagesOf: (point: TimePoint) => OpenImages | undefined;
  /** Lesions of the kept case: the lines of the baseline. */
  readonly caseLesions: readonly Lesion[];
  readonly suffix: (kind: DiameterKind) => string;
}

export const dateColumns = ({ course, imagesOf, caseLesions, suffix }: ColumnSources): DateColumn[] =>
  course.timePoints.map((point, number) => {
    const images = imagesOf(point);
    const marks = marksOf(point, course.lesions, caseLesions, suffix);
    const state = images ? 'open' : point.study.state === 'none' ? 'never' : 'closed';
    return { point, number, state, images, marks };
  });

/** The lines of a date where they lie beside its other series. */
export const placedMarks = ({ marks, images }: Pick<DateColumn, 'marks' | 'images'>): Lesion[] =>
  marks.map((mark) => movedLesion(mark, shiftOf(images?.shifts ?? [], mark.seriesId)));

/** What is compared with: the date before that has images, else any other that has. */
export const usualPrior = (columns: readonly DateColumn[], shownId: string): string | undefined => {
  const at = columns.findIndex(({ point }) => point.id === shownId);
  const others = [...columns.slice(0, Math.max(at, 0)).reverse(), ...columns.slice(at + 1)];
  return others.find(({ state }) => state !== 'never')?.point.id;
};

/** Six panes, or the one of a phase. */
export const panesOf = ({ study, roles }: OpenImages, phase: ModelRole | 'all'): PlannedPane[] => {
  const panes = planPanes(study.series, roles, {});
  return phase === 'all' ? panes : panes.filter(({ role }) => role === phase);
};

/** Phases that at least one date has. */
export const phasesOf = (columns: readonly DateColumn[]): ModelRole[] =>
  modelRoles.filter((role) => columns.some(({ images }) => images?.roles.some((one) => one.role === role)));

/** In which the liver stands out best. */
const BEST_FOR_LIVER = ['portal-venous', 'delayed', 'arterial', 't2'] as const;

/** The series of both dates that are compared to find how the patient lies: one phase with the same phase. */
export const seriesToAlign = (a: OpenImages, b: OpenImages): [ScannedSeries, ScannedSeries] | undefined => {
  const of = ({ study, roles }: OpenImages, role: ModelRole) => {
    const id = roles.find((one) => one.role === role)?.seriesId;
    return study.series.find((series) => series.id === id && series.geometry !== undefined);
  };
  for (const role of BEST_FOR_LIVER) {
    const [ofA, ofB] = [of(a, role), of(b, role)];
    if (ofA && ofB) return [ofA, ofB];
  }
  return undefined;
};
