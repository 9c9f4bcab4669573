/** What every mark of a reader on an image says, lesion or not. */
import { z } from 'zod';

export const markedPlaceSchema = z.object({
  id: z.string(),
  label: z.string(),
  seriesId: z.string(),
  sopInstanceUID: z.string().optional(),
  /** Couinaud segment of the liver, as it is written, e.g. `S8` or `S5/6`. */
  segment: z.string().max(20).optional(),
  comment: z.string().max(500).optional(),
});

/** Segments of the liver by Couinaud (Brisbane 2000), the fourth also by its halves. */
export const couinaudSegments = ['S1', 'S2', 'S3', 'S4', 'S4a', 'S4b', 'S5', 'S6', 'S7', 'S8'] as const;

type Words = Pick<z.infer<typeof markedPlaceSchema>, 'segment' | 'comment'>;

/** A field that was emptied is absent, and not an empty text that means something. */
export const withWords = <T extends Words>(marked: T, field: keyof Words, text: string): T => {
  const { [field]: _before, ...rest } = marked;
  const trimmed = text.trim();
  return (trimmed === '' ? rest : { ...rest, [field]: trimmed }) as T;
};
