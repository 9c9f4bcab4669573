/** Pictures small enough for the room that is left for them. */
export interface Size {
  /** Pixels of the longer side. */
  longest: number;
  quality: number;
}

/** From the best to what is still readable. */
export const sizes: readonly Size[] = [
  { longest: 640, quality: 0.85 },
  { longest: 512, quality: 0.8 },
  { longest: 384, quality: 0.7 },
  { longest: 256, quality: 0.6 },
];

/** WebP where the browser writes it, PNG elsewhere. */
export const blobOf = (canvas: HTMLCanvasElement, quality: number): Promise<Blob> =>
  new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/webp', quality);
  });

/** The largest of the sizes in which all fit into `room` bytes together; undefined where none does. */
export const encodeWithin = async <T extends { size: number }>(
  room: number,
  encode: (size: Size) => Promise<T[]>,
): Promise<T[] | undefined> => {
  for (const size of sizes) {
    const blobs = await encode(size);
    if (blobs.reduce((sum, blob) => sum + blob.size, 0) <= room) return blobs;
  }
  return undefined;
};
