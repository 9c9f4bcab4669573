/** A meeting of the tumour board: its day, the cases in the order they are shown, and what is asked about each. */
import { z } from 'zod';
import { daySchema } from '../course/time-point.ts';

export const meetingSchema = z.object({
  id: z.string().min(1).max(64),
  date: daySchema,
  /** As the board calls itself; empty where there is only one. */
  name: z.string().trim().max(100),
  /** Nothing of the model is shown until the board has voted. */
  covered: z.boolean(),
  /** In the order shown; each once. */
  caseIds: z
    .array(z.string().min(1).max(100))
    .max(60)
    .refine((ids) => new Set(ids).size === ids.length, 'a case stands twice in one list'),
});
export type Meeting = z.infer<typeof meetingSchema>;

/** What is asked about one case at one meeting. */
export const listingSchema = z.object({
  question: z.string().trim().max(500),
  presenter: z.string().trim().max(100),
});
export type Listing = z.infer<typeof listingSchema>;

export const emptyListing: Listing = { question: '', presenter: '' };

/** What may still be missing of a case, in the order shown. `no-images`: there never were any here; `unreadable`: the case itself, in a damaged history. */
export const missingCodes = [
  'unreadable',
  'question',
  'factors',
  'prediction',
  'key-images',
  'images-gone',
  'no-images',
  'outcome',
] as const;
export const missingSchema = z.object({
  code: z.enum(missingCodes),
  /** With `factors`: how many of how many are entered. */
  entered: z.int().optional(),
  total: z.int().optional(),
});
export type Missing = z.infer<typeof missingSchema>;
