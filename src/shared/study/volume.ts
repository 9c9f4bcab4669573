/** Decoded pixels of one stack. The bytes travel by URL, not through the contract. */
import { z } from 'zod';
import { stackGeometrySchema } from './geometry.ts';
import { qualityNoteSchema } from './study.ts';

export const volumeInfoSchema = z.object({
  openId: z.string(),
  seriesId: z.string(),
  /** [slices, rows, columns], row-major, slices sorted like `geometry.positions`. */
  shape: z.tuple([z.int().positive(), z.int().positive(), z.int().positive()]),
  /** Values after the modality transform (RescaleSlope/Intercept), little endian. */
  dtype: z.enum(['int16', 'uint16', 'float32']),
  geometry: stackGeometrySchema.optional(),
  unplaced: z.string().optional(),
  sopInstanceUIDs: z.array(z.string()),
  window: z.object({ center: z.number(), width: z.number().positive() }),
  range: z.object({ min: z.number(), max: z.number() }),
  invert: z.boolean(),
  /** What only the pixels themselves tell. */
  notes: z.array(qualityNoteSchema).optional(),
  /** Path on the host (`app://haicast` or `http://127.0.0.1:port`), e.g. `/volumes/<openId>/<seriesId>`. */
  url: z.string(),
  bytes: z.int().positive(),
});
export type VolumeInfo = z.infer<typeof volumeInfoSchema>;
