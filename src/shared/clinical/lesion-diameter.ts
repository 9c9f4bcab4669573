/** The largest diameter as the measured lesions give it, for a form, a file and a prediction alike. */
import { type Lesion, lesionDiameterMm } from '../study/lesion.ts';
import { canonicalNumber } from './canonical.ts';
import type { FactorEntry, FactorValues } from './factor-values.ts';

/**
 * mm; of all lesions that are measured: stage and tumour burden ask for the largest tumour of the liver, whether or not
 * RECIST makes it a target. Undefined where none is measured.
 */
export const largestDiameterMm = (lesions: readonly Pick<Lesion, 'longAxis'>[]): number | undefined =>
  lesions.length === 0 ? undefined : Math.max(...lesions.map(lesionDiameterMm));

/** To 0.1 mm: no measurement on an image is finer. */
export const lesionDiameterEntry = (diameterMm: number): FactorEntry => ({
  value: Math.round(diameterMm * 10) / 10,
  unit: 'mm',
  origin: 'lesion',
});

/**
 * The factor follows the measured lesions until a person writes another value.
 * @param diameterMm the largest; undefined where none is measured, which takes a value that came from one away
 * @returns the same object where nothing changes
 */
export const withLesionDiameter = (values: FactorValues, diameterMm: number | undefined): FactorValues => {
  const { largestDiameter: current, ...rest } = values;
  if (current !== undefined && current.origin !== 'lesion') return values;
  if (diameterMm === undefined) return current === undefined ? values : rest;
  const next = lesionDiameterEntry(diameterMm);
  const [before, after] = [values, { largestDiameter: next }].map((one) => canonicalNumber(one, 'largestDiameter'));
  // One that no liver has is no number; it stays to be refused by its name, and is not left out as if none were measured.
  const same = before === undefined ? current?.value === next.value : before === after;
  return same ? values : { ...rest, largestDiameter: next };
};
