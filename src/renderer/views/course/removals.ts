/** What goes with a part that is taken away. Pure. */
import { assessmentId } from '#shared/course/assessment.ts';
import type { Course } from '#shared/course/course.ts';
import { imageSetId } from '#shared/course/key-images.ts';
import type { CourseLesion } from '#shared/course/lesion-over-time.ts';
import type { TimePoint } from '#shared/course/time-point.ts';
import type { CourseChange } from '../../stores/course.ts';

/** Pictures of a lesion go with it: they show nothing that is in the course any more. */
const imagesWithout = ({ images }: Pick<Course, 'images'>, lesionId: string): CourseChange[] =>
  images
    .filter((set) => set.images.some((image) => image.lesionId === lesionId))
    .map((set): CourseChange => {
      const others = set.images.filter((image) => image.lesionId !== lesionId);
      const body = others.length === 0 ? null : { ...set, images: others };
      return { kind: 'images', id: imageSetId(set), body };
    });

/** A lesion goes with its measures, and its key images. */
export const removalOfLesion = (course: Course, { id }: CourseLesion): CourseChange[] => [
  { kind: 'lesion', id, body: null },
  ...course.timePoints
    .filter(({ measures }) => measures[id])
    .map((point): CourseChange => {
      const { [id]: _gone, ...measures } = point.measures;
      return { kind: 'time-point', id: point.id, body: { ...point, measures } };
    }),
  ...imagesWithout(course, id),
];

/** A visit goes with the responses that were read there, and its key images. */
export const removalOfTimePoint = ({ assessments, images }: Course, { id }: TimePoint): CourseChange[] => [
  { kind: 'time-point', id, body: null },
  ...assessments
    .filter(({ timePointId }) => timePointId === id)
    .map(({ criterion }): CourseChange => ({ kind: 'assessment', id: assessmentId(id, criterion), body: null })),
  ...images
    .filter(({ timePointId }) => timePointId === id)
    .map((set): CourseChange => ({ kind: 'images', id: imageSetId(set), body: null })),
];
