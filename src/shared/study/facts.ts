/**
 * What the role engine knows about one series: attributes by their DICOM keyword (PS3.6), one value for the whole
 * series. Loose on purpose: numbers may come as decimal strings, multi-valued attributes as arrays or with backslashes.
 */
import { z } from 'zod';

export const factValueSchema = z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()])), z.null()]);
export type FactValue = z.infer<typeof factValueSchema>;

export const seriesFactsSchema = z.record(z.string(), factValueSchema.optional());
export type SeriesFacts = z.infer<typeof seriesFactsSchema>;
