/** A small picture of a series. */
import { z } from 'zod';

export const thumbnailSchema = z.object({
  width: z.int().positive().max(256),
  height: z.int().positive().max(256),
  /** 8-bit grey, row-major, base64. */
  grey: z.string(),
});
export type Thumbnail = z.infer<typeof thumbnailSchema>;
