/**
 * The thresholds of RECIST 1.1 and mRECIST on sums of diameters. Sums are whole tenths of a millimetre and percentages are
 * never formed, so that exactly 20 % and 30 % count as reached whatever a float would make of them.
 */

/** Tenths of a millimetre. */
export const tenths = (mm: number): number => Math.round(mm * 10);

export const toMm = (sum: number): number => sum / 10;

const FIVE_MM = tenths(5);

/** A fall of at least 30 % from the baseline. */
export const isPartialResponse = (sum: number, baseline: number): boolean => 10 * (baseline - sum) >= 3 * baseline;

/** A rise of at least 20 % from the nadir, and of at least 5 mm where the rule holds. From a nadir of 0 any rise is 20 %. */
export const isProgression = (sum: number, nadir: number, fiveMillimetreRule: boolean): boolean => {
  const growth = sum - nadir;
  return growth > 0 && 5 * growth >= nadir && (!fiveMillimetreRule || growth >= FIVE_MM);
};

/** Percent, unrounded; undefined from 0. For the eye: no decision rests on it. */
export const percentChange = (sum: number, reference: number): number | undefined =>
  reference > 0 ? (100 * (sum - reference)) / reference : undefined;
