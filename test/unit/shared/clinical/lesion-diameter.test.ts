import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { largestDiameterMm, withLesionDiameter } from '#shared/clinical/lesion-diameter.ts';

const taken = { value: 84.2, unit: 'mm', origin: 'lesion' } as const;

describe('the largest diameter', () => {
  it('comes from the measured lesion and follows it', () => {
    const first = withLesionDiameter({ age: { value: 58 } }, 84.23);
    expect(first).toEqual({ age: { value: 58 }, largestDiameter: taken });
    expect(withLesionDiameter(first, 92).largestDiameter?.value).toBe(92);
  });

  it('does not change with less than a tenth of a millimetre, nor with the unit it is shown in', () => {
    const shown: FactorValues = { largestDiameter: { value: 8.42, unit: 'cm', origin: 'lesion' } };
    expect(withLesionDiameter(shown, 84.21)).toBe(shown);
  });

  it('goes with the lesion it came from', () => {
    expect(withLesionDiameter({ largestDiameter: taken }, undefined)).toEqual({});
    const none: FactorValues = {};
    expect(withLesionDiameter(none, undefined)).toBe(none);
  });

  it('stays where a person wrote another', () => {
    const own: FactorValues = { largestDiameter: { value: 9, unit: 'cm' } };
    expect(withLesionDiameter(own, 84.23)).toBe(own);
    expect(withLesionDiameter(own, undefined)).toBe(own);
  });

  it('is that of the largest lesion measured, and there is none without a lesion', () => {
    const long = (mm: number) => ({
      longAxis: [
        [0, 0, 0],
        [mm, 0, 0],
      ] as [[number, number, number], [number, number, number]],
    });
    expect(largestDiameterMm([long(31), long(104), long(12)])).toBe(104);
    expect(largestDiameterMm([])).toBeUndefined();
  });
});
