/** How much memory decoded images may take. */

const MEGABYTE = 1024 ** 2;

/** By what the computer has: a quarter, so much that six large series fit, and no more than a study ever needs. */
const AUTOMATIC_MB = { least: 512, most: 4096 } as const;
export const automaticImageMemoryMb = (machineBytes: number): number => {
  const quarter = Math.floor(machineBytes / 4 / MEGABYTE / 256) * 256;
  return Math.min(AUTOMATIC_MB.most, Math.max(AUTOMATIC_MB.least, quarter));
};

/** Of the page and of the host each: both hold what is shown, the one to draw it and the other to make samples of it. */
export const imageBudgetBytes = (imageMemoryMb: number): number => (imageMemoryMb * MEGABYTE) / 2;
