import type { FactorValues } from '#shared/clinical/factor-values.ts';

/** A largest diameter that nobody entered is the measured one, on the screen and in a prepared cohort alike. */
export const withMeasuredDiameter = (factors: FactorValues, diameterMm: number): FactorValues =>
  factors.largestDiameter
    ? factors
    : { ...factors, largestDiameter: { value: diameterMm, unit: 'mm', origin: 'lesion' } };
