import { middleSlice } from '#shared/study/voxels.ts';
import type { DecodedSlice, DecodedVolume } from '../records.ts';
import { noImage } from './decode-volume.ts';

/** One slice of a decoded volume, the middle one where none is named, without a copy. Throws `AppError('no-image')`. */
export const cutSlice = ({ info, data }: DecodedVolume, wanted: number | undefined): DecodedSlice => {
  const [slices, rows, columns] = info.shape;
  const slice = wanted ?? middleSlice(slices);
  if (slice >= slices) throw noImage();
  const size = rows * columns;
  return { info, slice, data: data.subarray(slice * size, (slice + 1) * size) };
};
