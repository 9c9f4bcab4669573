import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { cnlc } from '#shared/clinical/scores/cnlc.ts';

const whole: FactorValues = {
  ecog: { value: '0' },
  pvtt: { value: 'vp0' },
  hepaticVeinInvasion: { value: 'vv0' },
  extrahepaticSpread: { value: 'no' },
  tumourNumber: { value: 1 },
  largestDiameter: { value: 50, unit: 'mm' },
  albumin: { value: 40, unit: 'g/L' },
  bilirubin: { value: 12, unit: 'µmol/L' },
  inr: { value: 1, unit: '1' },
  ascites: { value: 'none' },
  encephalopathy: { value: 'none' },
};
const classC: FactorValues = {
  albumin: { value: 25, unit: 'g/L' },
  bilirubin: { value: 60, unit: 'µmol/L' },
  ascites: { value: 'severe' },
};
const classB: FactorValues = { albumin: { value: 27, unit: 'g/L' } };
const tumours = (number: number, mm: number): FactorValues => ({
  tumourNumber: { value: number },
  largestDiameter: { value: mm, unit: 'mm' },
});

describe('CNLC', () => {
  // The table of the guideline and its boundaries: single 5.0 and 5.1 cm, 2–3 tumours of 3.0 and 3.1 cm, 4 of 1 cm.
  it.each<[string, FactorValues, string]>([
    ['single 5.0 cm', tumours(1, 50), 'Ia'],
    ['single 5.1 cm', tumours(1, 51), 'Ib'],
    ['two of 3.0 cm', tumours(2, 30), 'Ib'],
    ['three of 3.0 cm', tumours(3, 30), 'Ib'],
    ['three, one of 3.1 cm', tumours(3, 31), 'IIa'],
    ['four of 1 cm', tumours(4, 10), 'IIb'],
    ['four and Vp2', { ...tumours(4, 10), pvtt: { value: 'vp2' } }, 'IIIa'],
    ['a thrombus of the hepatic vein', { hepaticVeinInvasion: { value: 'vv1' } }, 'IIIa'],
    ['a thrombus of the superior mesenteric vein', { cheng: { value: 'IV' } }, 'IIIa'],
    ['spread and Vp4', { extrahepaticSpread: { value: 'yes' }, pvtt: { value: 'vp4' } }, 'IIIb'],
    ['single 2 cm, Child–Pugh C', { ...tumours(1, 20), ...classC }, 'IV'],
    ['ECOG 3', { ecog: { value: '3' } }, 'IV'],
    ['ECOG 3 and spread', { ecog: { value: '3' }, extrahepaticSpread: { value: 'yes' } }, 'IV'],
    ['ECOG 2, Child–Pugh B', { ecog: { value: '2' }, ...classB }, 'Ia'],
  ])('%s is %s', (_what, change, stage) => {
    const suggestion = cnlc({ ...whole, ...change });
    expect(suggestion).toMatchObject({ grade: stage, candidates: [stage], edition: '2026', inputsMissing: [] });
    expect(suggestion.reasons.length).toBeGreaterThan(0);
  });

  it('assumes nothing: what is missing leaves candidates', () => {
    expect(cnlc({}).candidates).toEqual(['Ia', 'Ib', 'IIa', 'IIb', 'IIIa', 'IIIb', 'IV']);
    const { largestDiameter: _size, ...sizeless } = whole;
    expect(cnlc(sizeless)).toMatchObject({ candidates: ['Ia', 'Ib'], inputsMissing: ['largestDiameter'] });
    expect(cnlc({ ...sizeless, tumourNumber: { value: 5 } }).grade).toBe('IIb');
    const { ecog: _status, ...unknown } = whole;
    expect(cnlc(unknown)).toMatchObject({ candidates: ['Ia', 'IV'], inputsMissing: ['ecog'] });
  });
});
