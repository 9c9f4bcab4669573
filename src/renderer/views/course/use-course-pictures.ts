import type { Course } from '#shared/course/course.ts';
import type { CourseImage } from '#shared/course/key-images.ts';
import { indexLesion } from '#shared/study/lesion.ts';
import { useCaseStore } from '../../stores/case.ts';
import { picturesOf } from './course-pictures.ts';

/** Key images of the time points of the course on screen. */
export const useCoursePictures = (course: () => Course | undefined) => {
  const current = useCaseStore();
  return {
    of: (timePointId: string): CourseImage[] => {
      const shown = course();
      if (!shown) return [];
      // Both as they were kept together: the index lesion on screen may be another one by now.
      const { keyImages = [], lesions = [] } = current.savedCase ?? {};
      return picturesOf(shown, timePointId, { keyImages, indexLesionId: indexLesion(lesions)?.id });
    },
  };
};
