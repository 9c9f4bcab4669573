/** Key images of a time point: what its panes showed, to be seen years later without its study. Pure. */
import { z } from 'zod';
import { keyImageSchema } from '../cases/key-image.ts';

/** What the pictures of one time point may take together, bytes. */
export const TIME_POINT_IMAGE_BYTES = 500_000;

/** `lesions`: taken by the page, every role at every lesion that was drawn; `kept`: a person wanted them. */
export const imageOrigins = ['lesions', 'kept'] as const;
export type ImageOrigin = (typeof imageOrigins)[number];

/** No map lies over it: a prediction is of the baseline. */
export const courseImageSchema = keyImageSchema.omit({ origin: true, predictionId: true }).extend({
  /** The lesion of the course that it was taken at. */
  lesionId: z.string().max(20).optional(),
});
export type CourseImage = z.infer<typeof courseImageSchema>;

/** The pictures of one time point that came about in one way; they are superseded together. */
export const imageSetSchema = z.object({
  timePointId: z.string().min(1).max(64),
  origin: z.enum(imageOrigins),
  images: z.array(courseImageSchema).max(200),
});
export type ImageSet = z.infer<typeof imageSetSchema>;

/** Its id among the parts of a course. */
export const imageSetId = ({ timePointId, origin }: Pick<ImageSet, 'timePointId' | 'origin'>): string =>
  `${timePointId}/${origin}`;

/** Pictures of a time point, those at its lesions first, or only those of one origin. */
export const imagesOf = (
  { images }: { readonly images: readonly ImageSet[] },
  timePointId: string,
  origins: readonly ImageOrigin[] = imageOrigins,
): CourseImage[] =>
  origins.flatMap((origin) =>
    images.filter((set) => set.timePointId === timePointId && set.origin === origin).flatMap((set) => set.images),
  );
