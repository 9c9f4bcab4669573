import type { Course } from '#shared/course/course.ts';
import type { CourseImage } from '#shared/course/key-images.ts';
import { useCaseStore } from '../../stores/case.ts';
import { picturesOf } from './course-pictures.ts';

/** Key images of the time points of the course on screen. */
export const useCoursePictures = (course: () => Course | undefined) => {
  const current = useCaseStore();
  return {
    of: (timePointId: string): CourseImage[] => {
      const shown = course();
      if (!shown) return [];
      const keyImages = current.savedCase?.keyImages ?? [];
      return picturesOf(shown, timePointId, { keyImages, indexLesionId: current.index?.id });
    },
  };
};
