/** What host and page have to agree on of decoded pixels. */
import type { VolumeInfo } from './volume.ts';

/** Of one voxel. */
export const voxelBytes = (type: VolumeInfo['dtype']): number => (type === 'float32' ? 4 : 2);

/** Zero-based; what is seen of a stack where nothing says more. */
export const middleSlice = (slices: number): number => Math.floor(slices / 2);
