import { createHash } from 'node:crypto';
import type { DecodedVolume } from '../records.ts';

/**
 * SHA-256 over what went into one channel: for every slice that was read, its SOP Instance UID and its pixel bytes after
 * the modality transform (little endian). The same study gives the same hash on every machine.
 */
export const inputHash = (volume: DecodedVolume, slices: { first: number; last: number }): string => {
  const { data, info } = volume;
  const sliceSize = info.shape[1] * info.shape[2];
  const hash = createHash('sha256');
  for (let k = slices.first; k <= slices.last; k++) {
    const part = data.subarray(k * sliceSize, (k + 1) * sliceSize);
    hash.update(info.sopInstanceUIDs[k] ?? '');
    hash.update('\0');
    hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
  }
  return hash.digest('hex');
};
