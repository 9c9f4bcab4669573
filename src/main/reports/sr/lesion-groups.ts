/** One measurement group (TID 1501) for each lesion at each time point. Pure. */
import { toTenth } from '#shared/course/baseline.ts';
import type { Course } from '#shared/course/course.ts';
import { marksOf } from '#shared/course/drawn-measure.ts';
import type { CourseLesion, CourseMeasure } from '#shared/course/lesion-over-time.ts';
import { BASELINE, type TimePoint } from '#shared/course/time-point.ts';
import { distance, type Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { ScannedSeries } from '#shared/study/study.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import { uidOf } from '../../study/encode/uid.ts';
import { type Code, codes, lesionStates, ownCodes, units } from '../dicom/codes.ts';
import type { ReportedCase } from '../reported-case.ts';
import { code, container, lineInSpace, lineOnImage, number, text, uidReference } from './content-items.ts';
import { onImage, sliceOfLine } from './place-on-image.ts';
import { timePointContext } from './time-point-context.ts';

/**
 * Of a lesion at every time point and in every export: the id of the case is random and tells nobody who it is. By the mark of the
 * case where the lesion is one, since those are numbered in their order until the course begins.
 */
export const trackingUid = (caseId: string, { id, caseLesionId }: Pick<CourseLesion, 'id' | 'caseLesionId'>): string =>
  uidOf('lesion', caseId, caseLesionId ?? id);

const flat = (points: readonly Vec3[]): number[] => points.flat();

/** The one frame of reference of the series that play a role; undefined where there are several. */
const commonFrame = ({ saved }: ReportedCase): string | undefined => {
  const used = new Set(saved.roles.map(({ seriesId }) => seriesId));
  const frames = new Set(
    saved.study.series.filter(({ id }) => used.has(id)).map(({ geometry }) => geometry?.frameOfReferenceUID),
  );
  return frames.size === 1 ? [...frames][0] : undefined;
};

const inPatient = (line: readonly [Vec3, Vec3], frameOfReferenceUID: string | undefined): Dataset[] =>
  frameOfReferenceUID === undefined
    ? []
    : [lineInSpace('INFERRED FROM', codes.source, flat(line), frameOfReferenceUID)];

/** A line as the images have it where they are at hand, else as the patient has it; nothing where neither is known. */
const drawn = (reported: ReportedCase, series: ScannedSeries | undefined, line: readonly [Vec3, Vec3]): Dataset[] => {
  const geometry = series?.geometry;
  // A lesion may be known by its place in the patient alone.
  if (!series || !geometry) return inPatient(line, commonFrame(reported));
  const slice = sliceOfLine(geometry, line);
  const reference = reported.images?.stacks.get(series.id)?.[slice];
  if (!reference) return inPatient(line, geometry.frameOfReferenceUID);
  const points = line.flatMap((point) => onImage(geometry, slice, point));
  return [lineOnImage('INFERRED FROM', codes.source, points, reference)];
};

const categoryOf = ({ role }: CourseLesion): Dataset =>
  role === 'new'
    ? code('CONTAINS', ownCodes.lesionState, ownCodes.newLesion)
    : code('CONTAINS', codes.baselineCategory, role === 'target' ? codes.target : codes.nonTarget);

const siteOf = ({ organ, segment, node }: CourseLesion): Dataset[] => {
  const site = node ? codes.lymphNode : /^liver$/i.test(organ) ? codes.liver : undefined;
  return [
    ...(site ? [code('HAS CONCEPT MOD', codes.findingSite, site)] : []),
    ...(site === codes.liver || organ === '' ? [] : [text('CONTAINS', codes.comment, `Organ: ${organ}`)]),
    ...(segment ? [text('CONTAINS', codes.comment, `Segment: ${segment}`)] : []),
  ];
};

interface Place {
  reported: ReportedCase;
  point: TimePoint;
  /** Lines of the time point by their id; see `marksOf`. */
  marks: ReadonlyMap<string, Lesion>;
}

/** Of the baseline alone: what is known of the series of later studies is in their own files. */
const seriesOf = ({ reported }: Place, mark: Lesion): ScannedSeries | undefined =>
  reported.saved.study.series.find(({ id }) => id === mark.seriesId);

const diameters = (place: Place, lesion: CourseLesion, measure: CourseMeasure & { state: 'measured' }): Dataset[] => {
  const lengths: Dataset[] = [];
  const add = (name: Code, value: number, line: readonly [Vec3, Vec3] | undefined, mark: Lesion | undefined) => {
    const isBaseline = place.point.id === BASELINE;
    const places = line && mark && isBaseline ? drawn(place.reported, seriesOf(place, mark), line) : [];
    lengths.push(number('CONTAINS', name, { value, unit: units.millimetre }, places));
  };
  const whole = place.marks.get(`${lesion.id}/mm`);
  if (measure.mm !== undefined) {
    const line = lesion.node ? (whole?.shortAxis ?? whole?.longAxis) : whole?.longAxis;
    add(lesion.node ? codes.shortAxis : codes.longAxis, measure.mm, line, whole);
    // Of what is no node the perpendicular is drawn and not entered: it counts in no sum.
    if (!lesion.node && whole?.shortAxis)
      add(codes.shortAxis, toTenth(distance(...whole.shortAxis)), whole.shortAxis, whole);
  }
  if (measure.viableMm !== undefined) {
    const viable = place.marks.get(`${lesion.id}/viableMm`);
    add(ownCodes.viableDiameter, measure.viableMm, viable?.longAxis, viable);
  }
  return lengths;
};

const contentOf = (place: Place, lesion: CourseLesion, measure: CourseMeasure): Dataset[] => {
  if (measure.state === 'measured') return diameters(place, lesion, measure);
  const state = code('CONTAINS', ownCodes.lesionState, lesionStates[measure.state]);
  if (measure.state === 'merged') return [state, text('CONTAINS', codes.comment, `Merged into ${measure.into}`)];
  if (measure.state !== 'split') return [state];
  const name = lesion.node ? codes.shortAxis : codes.longAxis;
  return [
    state,
    ...measure.parts.flatMap(({ mm, viableMm }) => [
      ...(mm === undefined ? [] : [number('CONTAINS', name, { value: mm, unit: units.millimetre })]),
      ...(viableMm === undefined
        ? []
        : [number('CONTAINS', ownCodes.viableDiameter, { value: viableMm, unit: units.millimetre })]),
    ]),
  ];
};

const groupOf = (place: Place, lesion: CourseLesion, order: number): Dataset[] => {
  const measure = place.point.measures[lesion.id];
  if (!measure) return [];
  return [
    container(
      'CONTAINS',
      codes.measurementGroup,
      [
        text('HAS OBS CONTEXT', codes.trackingIdentifier, lesion.id),
        uidReference('HAS OBS CONTEXT', codes.trackingUid, trackingUid(place.reported.saved.id, lesion)),
        code('CONTAINS', codes.finding, codes.lesion),
        ...siteOf(lesion),
        ...timePointContext(place.reported.course, place.point, order),
        ...contentOf(place, lesion, measure),
        categoryOf(lesion),
      ],
      '1501',
    ),
  ];
};

export const lesionGroups = (reported: ReportedCase): Dataset[] => {
  const { course, saved }: { course: Course; saved: ReportedCase['saved'] } = reported;
  return course.timePoints.flatMap((point, index) => {
    const lines = marksOf(point, course.lesions, saved.lesions, () => '');
    const place: Place = { reported, point, marks: new Map(lines.map((line) => [line.id, line])) };
    return course.lesions.flatMap((lesion) => groupOf(place, lesion, index + 1));
  });
};
