import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { holdFlagIds, holdFlags } from '#shared/clinical/hold-flags.ts';

const state = (values: FactorValues, id: string) => holdFlags(values).find((one) => one.id === id)?.state;

describe('hold flags', () => {
  // Thresholds of the trial protocol: neutrophils 1,200/µL, platelets 60,000/µL, bilirubin 30 µmol/L, albumin 3.0 g/dL.
  it.each([
    ['neutrophils', { value: 1199, unit: '/µL' }, 'raised'],
    ['neutrophils', { value: 1.2, unit: '10^9/L' }, 'clear'],
    ['platelets', { value: 59, unit: '10^9/L' }, 'raised'],
    ['platelets', { value: 60_000, unit: '/µL' }, 'clear'],
    ['bilirubin', { value: 30, unit: 'µmol/L' }, 'clear'],
    ['bilirubin', { value: 1.8, unit: 'mg/dL' }, 'raised'],
    ['albumin', { value: 3, unit: 'g/dL' }, 'clear'],
    ['albumin', { value: 29.9, unit: 'g/L' }, 'raised'],
    ['ecog', { value: '1' }, 'clear'],
    ['ecog', { value: '2' }, 'raised'],
    ['haemoglobin', { value: 8.5, unit: 'g/dL' }, 'clear'],
    ['haemoglobin', { value: 84, unit: 'g/L' }, 'raised'],
    ['creatinine', { value: 176.8, unit: 'µmol/L' }, 'clear'],
    ['creatinine', { value: 177, unit: 'µmol/L' }, 'raised'],
    ['neuropathy', { value: '1' }, 'clear'],
    ['neuropathy', { value: '2' }, 'raised'],
    ['infection', { value: 'no' }, 'clear'],
    ['infection', { value: 'yes' }, 'raised'],
  ] as const)('%s %o: %s', (id, entry, expected) => {
    expect(state({ [id]: entry }, id)).toBe(expected);
  });

  it('cautions from 8 Child–Pugh points on', () => {
    const seven: FactorValues = {
      albumin: { value: 40, unit: 'g/L' },
      bilirubin: { value: 10, unit: 'µmol/L' },
      inr: { value: 1, unit: '1' },
      ascites: { value: 'severe' },
      encephalopathy: { value: 'none' },
    };
    expect(state(seven, 'childPugh')).toBe('clear');
    expect(state({ ...seven, encephalopathy: { value: 'grade1-2' } }, 'childPugh')).toBe('raised');
  });

  it.each([
    ['positive', 'no', 'raised'],
    ['positive', 'yes', 'clear'],
    ['positive', undefined, 'unknown'],
    ['negative', undefined, 'clear'],
    [undefined, 'no', 'unknown'],
  ] as const)('asks for an antiviral beside HBsAg %s: %s is %s', (hbsAg, antiviral, expected) => {
    const values = {
      ...(hbsAg ? { hbsAg: { value: hbsAg } } : {}),
      ...(antiviral ? { hbvAntiviral: { value: antiviral } } : {}),
    };
    expect(state(values, 'hbvCover')).toBe(expected);
  });

  it('says of every rule that was read as an excerpt only that it was', () => {
    const excerpts = holdFlags({}).filter(({ source }) => /Suspension rule|NCT03469479/.test(source));
    expect(excerpts.map(({ id }) => id)).toEqual(['neutrophils', 'platelets', 'bilirubin', 'albumin', 'haemoglobin']);
    for (const { source } of excerpts) expect(source).toContain('read as an excerpt');
  });

  it('does not know what was not entered, and never flags a portal vein thrombus', () => {
    expect(holdFlags({ pvtt: { value: 'vp4' } }).map((one) => one.state)).toEqual(holdFlagIds.map(() => 'unknown'));
  });
});
