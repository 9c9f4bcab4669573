/** Key images of a case that may leave as objects: those of its own images, then those of its follow-ups. Pure. */
import type { KeyImage } from '#shared/cases/key-image.ts';
import { type CourseImage, imagesOf } from '#shared/course/key-images.ts';
import { BASELINE } from '#shared/course/time-point.ts';
import type { ReportedCase } from './reported-case.ts';

/** `visit`: the day of the follow-up that it is of; absent for the images of the case itself. */
export interface LeavingPicture extends CourseImage, Pick<KeyImage, 'predictionId'> {
  visit?: string;
}

/** With a map only under the prediction that is shown; over those of a follow-up there is none. */
export const leavingPictures = ({ saved, course, prediction }: ReportedCase): LeavingPicture[] => {
  const shown = prediction.state === 'shown' ? prediction.prediction.id : undefined;
  const own = saved.keyImages.filter(({ predictionId }) => predictionId === undefined || predictionId === shown);
  const later = course.timePoints.flatMap(({ id, date }) =>
    imagesOf(course, id).map((image) => (id === BASELINE ? image : { ...image, visit: date })),
  );
  return [...own, ...later];
};
