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

/** One row a group; a cell is undefined where it has no picture of the role. */
export interface PictureTable {
  /** Those that anybody has a picture of, in the order of the panes. */
  roles: ModelRole[];
  rows: { group: PictureGroup; cells: (CourseImage | undefined)[] }[];
}

/** Groups down, roles across. */
export const pictureTable = (groups: readonly PictureGroup[]): PictureTable => {
  const roles = modelRoles.filter((role) => groups.some(({ images }) => images.some((image) => image.role === role)));
  const cellOf = ({ images }: PictureGroup, role: ModelRole) => images.find((image) => image.role === role);
  return { roles, rows: groups.map((group) => ({ group, cells: roles.map((role) => cellOf(group, role)) })) };
};

/** The one that stands for a lesion in a narrow place: where it enhances best. */
export const thumbnailsOf = (images: readonly CourseImage[]): CourseImage[] => {
  const lesions = [...new Set(images.map(({ lesionId }) => lesionId))];
  return lesions.flatMap((lesionId) => {
    const own = images.filter((image) => image.lesionId === lesionId);
    return own.find(({ role }) => role === 'arterial') ?? own[0] ?? [];
  });
};
