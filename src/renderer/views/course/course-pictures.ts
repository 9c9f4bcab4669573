/** Which key images of a course stand where. Pure. */
import type { KeyImage } from '#shared/cases/key-image.ts';
import type { Course } from '#shared/course/course.ts';
import { type CourseImage, imagesOf } from '#shared/course/key-images.ts';
import { BASELINE } from '#shared/course/time-point.ts';
import { type ModelRole, modelRoles } from '#shared/study/roles.ts';

/** Pictures of a time point; at the baseline those of the case at its index lesion, without the map, come first. */
export const picturesOf = (
  course: Course,
  timePointId: string,
  { keyImages, indexLesionId }: { keyImages: readonly KeyImage[]; indexLesionId: string | undefined },
): CourseImage[] => {
  const own = imagesOf(course, timePointId);
  if (timePointId !== BASELINE) return own;
  const lesionId = course.lesions.find(({ caseLesionId }) => caseLesionId === indexLesionId)?.id;
  const ofCase = keyImages
    .filter(({ origin, predictionId }) => origin === 'index-lesion' && predictionId === undefined)
    .map(({ origin: _origin, ...image }): CourseImage => (lesionId === undefined ? image : { ...image, lesionId }));
  const isNewer = ({ role, lesionId: at }: CourseImage) =>
    own.some((image) => image.role === role && image.lesionId === at && at !== undefined);
  return [...ofCase.filter((image) => !isNewer(image)), ...own];
};

export interface PictureGroup {
  key: string;
  title: string;
  images: readonly CourseImage[];
}

export interface PictureRow {
  role: ModelRole;
  /** One cell a group; undefined where it has no picture of the role. */
  cells: (CourseImage | undefined)[];
}

/** Roles down, groups across; a role that nobody has a picture of has no row. */
export const pictureRows = (groups: readonly PictureGroup[]): PictureRow[] =>
  modelRoles
    .map((role) => ({ role, cells: groups.map(({ images }) => images.find((image) => image.role === role)) }))
    .filter(({ cells }) => cells.some((cell) => cell !== undefined));

/** The one that stands for a lesion in a narrow place: where it enhances best. */
export const thumbnailsOf = (images: readonly CourseImage[]): CourseImage[] => {
  const lesions = [...new Set(images.map(({ lesionId }) => lesionId))];
  return lesions.flatMap((lesionId) => {
    const own = images.filter((image) => image.lesionId === lesionId);
    return own.find(({ role }) => role === 'arterial') ?? own[0] ?? [];
  });
};
