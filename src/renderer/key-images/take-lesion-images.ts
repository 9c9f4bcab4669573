/** The pictures of a time point: every role's slice at each lesion that was drawn on its images. */
import { bytesOf } from '#shared/cases/key-image.ts';
import { readMarkId } from '#shared/course/drawn-measure.ts';
import type { CourseImage } from '#shared/course/key-images.ts';
import type { CourseLesion } from '#shared/course/lesion-over-time.ts';
import { subtract, type Vec3 } from '#shared/study/geometry.ts';
import type { Lesion } from '#shared/study/lesion.ts';
import type { RoleAssignment } from '#shared/study/roles.ts';
import { lesionPlace, type SeriesShift, shiftOf } from '#shared/study/series-shift.ts';
import type { PanePicture } from '../viewer/contract.ts';
import { blobOf, encodeWithin } from './encode.ts';
import { type PlacedSeries, showsPlace } from './shows-place.ts';
import { describePicture, type Put } from './take-index-images.ts';

export interface LesionPlace {
  lesionId: string;
  /** Beside every series of its date, moved by hand or not, mm LPS. */
  at: Vec3;
}

/** Where each lesion was drawn, targets first, then what is new: the whole diameter, else the enhancing one. Pure. */
export const lesionPlaces = (
  marks: readonly Lesion[],
  lesions: readonly CourseLesion[],
  shifts: readonly SeriesShift[],
): LesionPlace[] => {
  const order = ['target', 'new', 'non-target'];
  return lesions
    .toSorted((a, b) => order.indexOf(a.role) - order.indexOf(b.role))
    .flatMap(({ id }) => {
      const mark = marks.find((one) => readMarkId(one.id)?.lesionId === id);
      return mark ? [{ lesionId: id, at: lesionPlace(shifts, mark) }] : [];
    });
};

/**
 * The set after some of it was taken anew: a pane that was not there keeps the picture that it had, while the same series plays
 * its role and its lesion is drawn on the slice that it shows; one that came out as it was stays the one that is kept. Pure.
 */
export const mergeLesionImages = (
  before: readonly CourseImage[],
  taken: readonly CourseImage[],
  { places, roles, series, shifts }: Pick<TakeOptions, 'places' | 'roles' | 'series' | 'shifts'>,
): CourseImage[] => {
  const isSamePlace = (a: CourseImage, b: CourseImage) => a.lesionId === b.lesionId && a.role === b.role;
  const isDrawn = (image: CourseImage) =>
    places.some(
      ({ lesionId, at }) =>
        lesionId === image.lesionId && showsPlace(image, subtract(at, shiftOf(shifts, image.seriesId)), series),
    );
  const isPlayed = (image: CourseImage) =>
    roles.some(({ role, seriesId }) => role === image.role && seriesId === image.seriesId);
  const stay = before.filter(
    (image) => isDrawn(image) && isPlayed(image) && !taken.some((one) => isSamePlace(one, image)),
  );
  return [
    ...stay,
    ...taken.map((image) => before.find((one) => one.id === image.id && isSamePlace(one, image)) ?? image),
  ];
};

export interface TakeOptions {
  places: readonly LesionPlace[];
  picturesAt: (position: Vec3) => Promise<PanePicture[]>;
  roles: readonly RoleAssignment[];
  /** Of the study that is shown. */
  series: readonly PlacedSeries[];
  shifts: readonly SeriesShift[];
  before: readonly CourseImage[];
  /** Bytes that all may take together. */
  room: number;
  put: Put;
}

/** The new set. Where there is not room for all lesions, those that come last have none. */
export const takeLesionImages = async (options: TakeOptions): Promise<readonly CourseImage[]> => {
  const { places, picturesAt, before, room, put } = options;
  const wanted: { lesionId: string; picture: PanePicture }[] = [];
  // A pane that cannot be compared with the others shows whichever slice it stood at: no picture of a lesion.
  for (const { lesionId, at } of places)
    for (const picture of await picturesAt(at))
      if (!picture.withMap && picture.isAtPosition) wanted.push({ lesionId, picture });
  if (wanted.length === 0) return mergeLesionImages(before, [], options);
  const blobs = await encodeWithin(room, ({ longest, quality }) =>
    Promise.all(wanted.map(({ picture }) => blobOf(picture.paintPlain(longest), quality))),
  );
  if (!blobs) return takeLesionImages({ ...options, places: places.slice(0, -1) });
  const taken = await Promise.all(
    wanted.flatMap(({ lesionId, picture }, index) => {
      const blob = blobs[index];
      return blob ? [describePicture(picture, blob, put).then((image) => ({ ...image, lesionId }))] : [];
    }),
  );
  const merged = mergeLesionImages(before, taken, options);
  return bytesOf(merged) <= room ? merged : taken;
};
