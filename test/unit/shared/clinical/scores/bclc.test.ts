import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { bclc } from '#shared/clinical/scores/bclc.ts';

const whole: FactorValues = {
  ecog: { value: '0' },
  pvtt: { value: 'vp0' },
  hepaticVeinInvasion: { value: 'vv0' },
  extrahepaticSpread: { value: 'no' },
  tumourNumber: { value: 1 },
  largestDiameter: { value: 84, unit: 'mm' },
  albumin: { value: 40, unit: 'g/L' },
  bilirubin: { value: 12, unit: 'µmol/L' },
  inr: { value: 1, unit: '1' },
  ascites: { value: 'none' },
  encephalopathy: { value: 'none' },
};
const nodes = (number: number, mm: number): FactorValues => ({
  ...whole,
  tumourNumber: { value: number },
  largestDiameter: { value: mm, unit: 'mm' },
});
const without = (...ids: (keyof FactorValues)[]): FactorValues => {
  const left = { ...whole };
  for (const id of ids) delete left[id];
  return left;
};

describe('BCLC 2022', () => {
  // Stages of the 2022 edition: a single tumour of any size is A unless ≤ 2 cm; up to three are A while each ≤ 3 cm.
  it.each([
    [1, 20, '0'],
    [1, 21, 'A'],
    [1, 150, 'A'],
    [2, 20, 'A'],
    [3, 30, 'A'],
    [3, 31, 'B'],
    [4, 15, 'B'],
  ])('%d tumours, the largest %d mm: stage %s', (number, mm, stage) => {
    expect(bclc(nodes(number, mm))).toMatchObject({
      grade: stage,
      candidates: [stage],
      edition: '2022',
      inputsMissing: [],
    });
  });

  it.each([
    ['portal invasion', { pvtt: { value: 'vp3' } }, 'C', ['portal-invasion']],
    ['hepatic vein invasion', { hepaticVeinInvasion: { value: 'vv2' } }, 'C', ['hepatic-vein-invasion']],
    ['spread', { extrahepaticSpread: { value: 'yes' } }, 'C', ['extrahepatic-spread']],
    ['ECOG 1 by the tumour', { ecog: { value: '1' }, ecogCause: { value: 'tumour' } }, 'C', ['performance']],
    ['ECOG 2 and Vp4', { ecog: { value: '2' }, pvtt: { value: 'vp4' } }, 'C', ['portal-invasion', 'performance']],
    ['ECOG 3 by the tumour', { ecog: { value: '3' }, ecogCause: { value: 'tumour' } }, 'D', ['performance']],
    [
      'ECOG 3 by something else',
      { ecog: { value: '3' }, ecogCause: { value: 'other' } },
      'A',
      ['burden', 'performance-not-counted'],
    ],
    ['a thrombus of the superior mesenteric vein', { cheng: { value: 'IV' } }, 'C', ['portal-thrombus']],
  ])('%s decides, and is the reason', (_what, change, stage, codes) => {
    const suggestion = bclc({ ...whole, ...change });
    expect(suggestion.grade).toBe(stage);
    expect(suggestion.reasons.map((one) => one.code)).toEqual(codes);
  });

  it('is D with Child–Pugh C, and asks for judgement with B', () => {
    const c = {
      albumin: { value: 25, unit: 'g/L' },
      bilirubin: { value: 60, unit: 'µmol/L' },
      ascites: { value: 'severe' },
    };
    expect(bclc({ ...whole, ...c })).toMatchObject({ grade: 'D', reasons: [{ code: 'end-stage-liver' }] });
    const b = { albumin: { value: 27, unit: 'g/L' } };
    expect(bclc({ ...whole, ...b, pvtt: { value: 'vp2' } }).reasons.map((one) => one.code)).toEqual([
      'portal-invasion',
      'liver-not-preserved',
    ]);
  });

  it('gives the reason for D also where Child–Pugh C is certain before its last input is entered', () => {
    const { encephalopathy: _missing, ...rest } = whole;
    const failing: FactorValues = {
      ...rest,
      albumin: { value: 24, unit: 'g/L' },
      bilirubin: { value: 80, unit: 'µmol/L' },
      inr: { value: 2.5, unit: '1' },
    };
    expect(bclc(failing)).toMatchObject({ grade: 'D', reasons: [{ code: 'end-stage-liver' }] });
  });

  it('assumes nothing: what is missing leaves candidates', () => {
    expect(bclc({})).toMatchObject({ candidates: ['0', 'A', 'B', 'C', 'D'], value: null });
    expect(bclc({}).grade).toBeUndefined();
    expect(bclc(without('extrahepaticSpread'))).toMatchObject({
      candidates: ['A', 'C'],
      inputsMissing: ['extrahepaticSpread'],
      reasons: [{ code: 'undecided', params: { stages: 'A, C' } }],
    });
    expect(bclc(without('tumourNumber')).candidates).toEqual(['A', 'B']);
    expect(bclc(without('hepaticVeinInvasion')).candidates).toEqual(['A', 'C']);
  });

  it('asks for the cause of a limited performance status instead of assuming one', () => {
    expect(bclc({ ...whole, ecog: { value: '1' } })).toMatchObject({
      candidates: ['A', 'C'],
      inputsMissing: ['ecogCause'],
    });
    expect(bclc({ ...whole, ecog: { value: '3' } }).candidates).toEqual(['A', 'D']);
  });

  it('is decided without an input that could not change it', () => {
    // Four of five Child–Pugh items at 1 point: the fifth cannot make it class C.
    expect(bclc({ ...without('inr', 'hepaticVeinInvasion', 'tumourNumber'), pvtt: { value: 'vp3' } }).grade).toBe('C');
    expect(bclc({ ecog: { value: '4' }, ecogCause: { value: 'tumour' } }).grade).toBe('D');
  });
});
