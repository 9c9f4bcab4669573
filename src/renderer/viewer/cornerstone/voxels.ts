/** Raw little-endian bytes of the host as the numbers that they are. */
import { AppError } from '#shared/errors.ts';
import type { VolumeInfo } from '#shared/study/volume.ts';
import { voxelBytes } from '#shared/study/voxels.ts';

export type Pixels = Int16Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

const viewed = (dtype: VolumeInfo['dtype'], buffer: ArrayBuffer): Pixels => {
  if (dtype === 'int16') return new Int16Array(buffer);
  return dtype === 'uint16' ? new Uint16Array(buffer) : new Float32Array(buffer);
};

const damaged = (expected: number, received: number): AppError =>
  new AppError('volume-damaged', 'The images arrived incomplete. Load the series again.', {
    params: { expected, received },
  });

/** All slices. Fails with `volume-damaged` when the length does not fit. */
export const pixelsOf = (info: Pick<VolumeInfo, 'dtype' | 'shape'>, buffer: ArrayBuffer): Pixels => {
  const [slices, rows, columns] = info.shape;
  const expected = slices * rows * columns * voxelBytes(info.dtype);
  if (buffer.byteLength !== expected) throw damaged(expected, buffer.byteLength);
  return viewed(info.dtype, buffer);
};

/** One slice: of the type of its series, or float32 where its values are beyond that. Fails as `pixelsOf` does. */
export const sliceOf = (info: Pick<VolumeInfo, 'dtype' | 'shape'>, buffer: ArrayBuffer): Pixels => {
  const [, rows, columns] = info.shape;
  const expected = rows * columns * voxelBytes(info.dtype);
  if (buffer.byteLength === expected) return viewed(info.dtype, buffer);
  if (buffer.byteLength === rows * columns * voxelBytes('float32')) return new Float32Array(buffer);
  throw damaged(expected, buffer.byteLength);
};
