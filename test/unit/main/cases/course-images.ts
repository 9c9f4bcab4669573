import type { CourseWrite } from '#shared/course/course.ts';
import { type CourseImage, type ImageOrigin, imageSetId } from '#shared/course/key-images.ts';
import { pictureIdOf } from '../../../../src/main/cases/rows/key-image-rows.ts';

export interface CourseImagesOptions {
  timePointId?: string;
  origin?: ImageOrigin;
  base?: number | null;
  /** Each word is a picture of its own. */
  words?: readonly string[];
  /** Bytes of each. */
  size?: number;
}

/** Pictures of a time point as a page hands them over, and the change that names them. */
export const courseImages = ({
  timePointId = 'baseline',
  origin = 'lesions',
  base = null,
  words = ['one', 'two'],
  size = 600,
}: CourseImagesOptions = {}): {
  write: Extract<CourseWrite, { kind: 'images' }>;
  pictures: Record<string, Uint8Array>;
} => {
  const pictures = words.map((word) => new Uint8Array(Buffer.from(`${word} `.repeat(size)).subarray(0, size)));
  const images = pictures.map(
    (picture, index): CourseImage => ({
      id: pictureIdOf(picture),
      mediaType: 'image/webp',
      bytes: picture.byteLength,
      role: 'arterial',
      seriesId: '2.25.2#echo-1',
      sliceIndex: index,
      takenAt: '2024-04-01T10:01:00.000Z',
      ...(origin === 'lesions' ? { lesionId: 'L1' } : {}),
    }),
  );
  return {
    write: { kind: 'images', id: imageSetId({ timePointId, origin }), body: { timePointId, origin, images }, base },
    pictures: Object.fromEntries(pictures.map((picture) => [pictureIdOf(picture), picture])),
  };
};
