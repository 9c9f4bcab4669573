/** Pictures that stay with a case: what its panes showed, to be seen when the study is not at hand. */
import { z } from 'zod';
import { modelRoleSchema } from '../study/roles.ts';

/** What the pictures of one case may take together, bytes. */
export const KEY_IMAGE_BYTES = 1_000_000;

export const pictureTypeSchema = z.enum(['image/webp', 'image/png']);
export type PictureType = z.infer<typeof pictureTypeSchema>;

/** A picture as it travels. One is a fraction of what a case may have. */
export const pictureSchema = z.object({ mediaType: pictureTypeSchema, base64: z.base64().max(2_000_000) });
export type Picture = z.infer<typeof pictureSchema>;

/** SHA-256 of the picture's bytes, lower-case hex. */
export const pictureIdSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** All about one key image but its pixels. */
export const keyImageSchema = z.object({
  id: pictureIdSchema,
  mediaType: pictureTypeSchema,
  bytes: z.int().positive(),
  role: modelRoleSchema,
  seriesId: z.string(),
  /** Zero-based. */
  sliceIndex: z.int().nonnegative(),
  /** `index-lesion`: taken at saving, one of a set; `kept`: a person wanted this one. */
  origin: z.enum(['index-lesion', 'kept']),
  takenAt: z.string(),
  /** The prediction whose map lies over the picture; absent where there is none. */
  predictionId: z.string().optional(),
});
export type KeyImage = z.infer<typeof keyImageSchema>;

export const bytesOf = (images: readonly Pick<KeyImage, 'bytes'>[]): number =>
  images.reduce((sum, { bytes }) => sum + bytes, 0);
