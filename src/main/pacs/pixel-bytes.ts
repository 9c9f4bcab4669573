/** How much an image will be, from what an archive says of it (PS3.3 C.7.6.3). */

export interface PixelFacts {
  rows: number | undefined;
  columns: number | undefined;
  bitsAllocated: number | undefined;
  samples: number | undefined;
  frames: number | undefined;
}

/** Uncompressed, bytes; undefined where the archive does not describe them. */
export const pixelBytes = ({ rows, columns, bitsAllocated, samples, frames }: PixelFacts): number | undefined =>
  rows === undefined || columns === undefined || bitsAllocated === undefined
    ? undefined
    : Math.ceil((rows * columns * bitsAllocated * (samples ?? 1)) / 8) * (frames ?? 1);

/** Of all of them; undefined where one is not known. */
export const totalBytes = (images: readonly { bytes: number | undefined }[]): number | undefined =>
  images.reduce<number | undefined>(
    (sum, { bytes }) => (sum === undefined || bytes === undefined ? undefined : sum + bytes),
    0,
  );
