/** Diameters as they were drawn on the images of a time point, and back to what the viewer draws. Pure; mm LPS. */
import { add, distance, type Vec3 } from '../study/geometry.ts';
import type { Lesion } from '../study/lesion.ts';
import { toTenth } from './baseline.ts';
import type { CourseLesion, CourseMeasure, MeasurePlace } from './lesion-over-time.ts';
import type { DiameterKind } from './measure-text.ts';
import { BASELINE, type TimePoint } from './time-point.ts';

export type Drawn = Pick<Lesion, 'seriesId' | 'sopInstanceUID' | 'longAxis' | 'shortAxis'>;

const placeKey = { mm: 'place', viableMm: 'viablePlace' } as const;

/** Of a node the short axis counts: the shorter of two lines, or the one that was drawn. */
const lengthOf = ({ longAxis, shortAxis }: Drawn, node: boolean): number =>
  toTenth(node && shortAxis ? distance(...shortAxis) : distance(...longAxis));

/** The measure with one diameter as it was drawn; the other stays. A state, or pieces, give way to it. */
export const withDrawn = (
  before: CourseMeasure | undefined,
  kind: DiameterKind,
  drawn: Drawn,
  node: boolean,
): CourseMeasure => {
  const { seriesId, sopInstanceUID, longAxis, shortAxis } = drawn;
  const place: MeasurePlace = {
    seriesId,
    ...(sopInstanceUID ? { sopInstanceUID } : {}),
    longAxis,
    ...(shortAxis ? { shortAxis } : {}),
  };
  const kept = before?.state === 'measured' ? before : { state: 'measured' as const };
  return { ...kept, [kind]: lengthOf(drawn, node), [placeKey[kind]]: place };
};

/** What a line on the images belongs to. */
export interface MarkId {
  readonly lesionId: string;
  readonly kind: DiameterKind;
}

export const markId = ({ lesionId, kind }: MarkId): string => `${lesionId}/${kind}`;

/** Undefined for the id of anything else. */
export const readMarkId = (id: string): MarkId | undefined => {
  const [lesionId, kind] = id.split('/');
  return lesionId && (kind === 'mm' || kind === 'viableMm') ? { lesionId, kind } : undefined;
};

type CaseLesion = Pick<Lesion, 'id' | 'seriesId' | 'sopInstanceUID' | 'longAxis' | 'shortAxis'>;

/** At the baseline the whole diameter is where the case has it. */
const placeOf = (
  point: TimePoint,
  lesion: CourseLesion,
  kind: DiameterKind,
  caseLesions: readonly CaseLesion[],
): MeasurePlace | undefined => {
  const measure = point.measures[lesion.id];
  if (measure?.state !== 'measured' || measure[kind] === undefined) return undefined;
  const place = measure[placeKey[kind]];
  if (place?.longAxis || point.id !== BASELINE || kind !== 'mm') return place;
  const drawn = caseLesions.find(({ id }) => id === lesion.caseLesionId);
  // A number that was typed since is not what the line says.
  return drawn && toTenth(distance(...drawn.longAxis)) === measure.mm ? drawn : place;
};

/** The lines of a time point, as the viewer takes them. `suffix` says which diameter it is. */
export const marksOf = (
  point: TimePoint,
  lesions: readonly CourseLesion[],
  caseLesions: readonly CaseLesion[],
  suffix: (kind: DiameterKind) => string,
): Lesion[] =>
  lesions.flatMap((lesion) =>
    (['mm', 'viableMm'] as const).flatMap((kind): Lesion[] => {
      const place = placeOf(point, lesion, kind, caseLesions);
      if (!place?.longAxis) return [];
      return [
        {
          id: markId({ lesionId: lesion.id, kind }),
          label: `${lesion.id}${suffix(kind)}`,
          kind: lesion.role === 'target' ? 'target' : 'non-target',
          seriesId: place.seriesId,
          ...(place.sopInstanceUID ? { sopInstanceUID: place.sopInstanceUID } : {}),
          longAxis: place.longAxis,
          ...(place.shortAxis ? { shortAxis: place.shortAxis } : {}),
        },
      ];
    }),
  );

const movedAxis = ([a, b]: [Vec3, Vec3], by: Vec3): [Vec3, Vec3] => [add(a, by), add(b, by)];

/** The lines of another date where they would lie now. */
export const movedMarks = (marks: readonly Lesion[], by: Vec3): Lesion[] =>
  marks.map(({ longAxis, shortAxis, ...mark }) => ({
    ...mark,
    longAxis: movedAxis(longAxis, by),
    ...(shortAxis ? { shortAxis: movedAxis(shortAxis, by) } : {}),
  }));

/** What is measured next: the other diameter of the lesion, then the next lesion; undefined after the last. */
export const nextMark = (lesions: readonly CourseLesion[], { lesionId, kind }: MarkId): MarkId | undefined => {
  if (kind === 'mm') return { lesionId, kind: 'viableMm' };
  const next = lesions[lesions.findIndex(({ id }) => id === lesionId) + 1];
  return next && { lesionId: next.id, kind: 'mm' };
};
