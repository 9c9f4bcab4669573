import type { StackGeometry } from '../geometry.ts';

/** Decoded values in the least wide type that holds them. */
export type VoxelArray = Int16Array | Uint16Array | Float32Array;

/** A volume that can be sampled in patient space. */
export interface PlacedVolume {
  /** Slices, rows, columns. */
  shape: [number, number, number];
  /** Row-major, slice after slice, sorted like the geometry. */
  data: VoxelArray;
  geometry: StackGeometry;
}
