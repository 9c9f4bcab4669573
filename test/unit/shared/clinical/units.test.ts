import { describe, expect, it } from 'vitest';
import type { FactorId } from '#shared/clinical/factor-values.ts';
import { factorDefinition } from '#shared/clinical/factors.ts';
import { convert, normaliseUnit } from '#shared/clinical/units.ts';

const converted = (id: FactorId, value: number, from: string, to: string, ngPerIU?: number) => {
  const factor = factorDefinition(id);
  if (factor.kind !== 'measured') throw new Error(`${id} is not measured`);
  return convert(factor, value, from, to, ngPerIU);
};

describe('convert', () => {
  // Factors: clinical chemistry tables for bilirubin (17.1); the rest are decimal prefixes.
  it.each([
    ['bilirubin', 1.2, 'mg/dL', 'µmol/L', 20.52],
    ['bilirubin', 20.52, 'µmol/L', 'mg/dL', 1.2],
    ['albumin', 3.5, 'g/dL', 'g/L', 35],
    ['crp', 1, 'mg/dL', 'mg/L', 10],
    ['platelets', 150_000, '/µL', '10^9/L', 150],
    ['neutrophils', 4.2, '10^3/µL', '10^9/L', 4.2],
    ['afp', 400, 'µg/L', 'ng/mL', 400],
    ['largestDiameter', 8.4, 'cm', 'mm', 84],
  ] as const)('%s: %d %s to %s', (id, value, from, to, expected) => {
    expect(converted(id, value, from, to)).toBeCloseTo(expected, 10);
  });

  it('converts AFP in IU only by the stated factor', () => {
    expect(converted('afp', 100, 'IU/mL', 'ng/mL')).toBeUndefined();
    expect(converted('afp', 100, 'IU/mL', 'ng/mL', 1.21)).toBeCloseTo(121, 10);
    expect(converted('afp', 121, 'ng/mL', 'IU/mL', 1.21)).toBeCloseTo(100, 10);
  });

  it('never converts PIVKA-II between its units, nor HBV DNA in copies', () => {
    expect(converted('pivkaII', 400, 'mAU/mL', 'ng/mL')).toBeUndefined();
    expect(converted('pivkaII', 7.4, 'ng/mL', 'mAU/mL')).toBeUndefined();
    expect(converted('hbvDna', 1000, 'copies/mL', 'IU/mL')).toBeUndefined();
  });
});

describe('normaliseUnit', () => {
  it.each([
    ['umol/L', 'µmol/L'],
    ['μmol/l', 'µmol/L'],
    ['10*9/L', '10^9/L'],
    ['×10⁹/L', '10^9/L'],
    ['x 10^3/uL', '10^3/µL'],
    ['/ul', '/µL'],
    ['ug/L', 'µg/L'],
    ['MAU/ML', 'mAU/mL'],
    ['IU/L', 'U/L'],
  ])('reads %s as %s', (written, unit) => {
    expect(normaliseUnit(written)).toBe(unit);
  });

  it('takes nothing for something similar', () => {
    expect(normaliseUnit('mmol/L')).toBeUndefined();
    expect(normaliseUnit('mg')).toBeUndefined();
    expect(normaliseUnit('')).toBeUndefined();
    expect(normaliseUnit('constructor')).toBeUndefined();
  });
});
