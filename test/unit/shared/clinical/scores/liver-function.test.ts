import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { albi, albiGrade } from '#shared/clinical/scores/albi.ts';
import { nlr, plr } from '#shared/clinical/scores/blood-ratios.ts';
import { childPugh } from '#shared/clinical/scores/child-pugh.ts';
import { malbi, malbiGrade } from '#shared/clinical/scores/malbi.ts';

const liver = (bilirubin: number, unit: string, albumin: number, inr = 1): FactorValues => ({
  bilirubin: { value: bilirubin, unit },
  albumin: { value: albumin, unit: 'g/L' },
  inr: { value: inr, unit: '1' },
  ascites: { value: 'none' },
  encephalopathy: { value: 'none' },
});

describe('ALBI', () => {
  it('reproduces 35 g/L and 20.52 µmol/L: −2.109, grade 2', () => {
    // 0.66 · log10(20.52) − 0.085 · 35, computed by hand from the published formula (PMC6497276).
    const score = albi(liver(20.52, 'µmol/L', 35));
    expect(score.value).toBeCloseTo(-2.109, 3);
    expect(score.grade).toBe('2');
  });

  it('does not depend on the unit of entry', () => {
    expect(albi(liver(1.2, 'mg/dL', 35)).value).toBeCloseTo(albi(liver(20.52, 'µmol/L', 35)).value ?? 0, 12);
  });

  it.each([
    [-2.6, '1'],
    [-2.5999, '2'],
    [-1.39, '2'],
    [-1.3899, '3'],
  ])('grades %d as %s', (value, grade) => {
    expect(albiGrade(value)).toBe(grade);
  });

  it('names what is missing', () => {
    expect(albi({ albumin: { value: 35, unit: 'g/L' } })).toMatchObject({ value: null, inputsMissing: ['bilirubin'] });
  });
});

describe('mALBI (Hiraoka)', () => {
  // World J Gastrointest Oncol 2023;15:1771, Table 1.
  it.each([
    [-2.6, '1'],
    [-2.599, '2a'],
    [-2.27, '2a'],
    [-2.269, '2b'],
    [-1.39, '2b'],
    [-1.389, '3'],
  ])('grades %d as %s', (value, grade) => expect(malbiGrade(value)).toBe(grade));

  it('is ALBI, its second grade parted', () => {
    expect(malbi(liver(20.52, 'µmol/L', 35))).toMatchObject({
      value: albi(liver(20.52, 'µmol/L', 35)).value,
      grade: '2b',
    });
    expect(malbi({ albumin: { value: 35, unit: 'g/L' } })).toMatchObject({ value: null, inputsMissing: ['bilirubin'] });
  });
});

describe('Child–Pugh', () => {
  it.each([
    [3.9, 1],
    [4, 2],
    [6, 2],
    [6.1, 3],
  ])('takes a prolongation of %d s for %d points where there is no INR', (seconds, points) => {
    const { inr: _left, ...rest } = liver(10, 'µmol/L', 40);
    const score = childPugh({ ...rest, ptProlongation: { value: seconds, unit: 's' } });
    expect(score).toMatchObject({ value: 4 + points, inputsMissing: [] });
    expect(score.points?.ptProlongation).toBe(points);
  });

  it('goes by INR where both are known', () => {
    const both = { ...liver(10, 'µmol/L', 40, 1), ptProlongation: { value: 7, unit: 's' } };
    expect(childPugh(both)).toMatchObject({ value: 5 });
  });

  // Thresholds of PMC6497276; the boundary belongs to 2 points on both sides.
  it.each([
    ['bilirubin', liver(1.99, 'mg/dL', 40), 1],
    ['bilirubin', liver(2, 'mg/dL', 40), 2],
    ['bilirubin', liver(3, 'mg/dL', 40), 2],
    ['bilirubin', liver(3.01, 'mg/dL', 40), 3],
    ['bilirubin', liver(34.2, 'µmol/L', 40), 2],
    ['bilirubin', liver(51.3, 'µmol/L', 40), 2],
    ['bilirubin', liver(51.4, 'µmol/L', 40), 3],
    ['albumin', liver(10, 'µmol/L', 35.1), 1],
    ['albumin', liver(10, 'µmol/L', 35), 2],
    ['albumin', liver(10, 'µmol/L', 28), 2],
    ['albumin', liver(10, 'µmol/L', 27.9), 3],
    ['inr', liver(10, 'µmol/L', 40, 1.69), 1],
    ['inr', liver(10, 'µmol/L', 40, 1.7), 2],
    ['inr', liver(10, 'µmol/L', 40, 2.3), 2],
    ['inr', liver(10, 'µmol/L', 40, 2.31), 3],
  ] as const)('%s at its threshold', (id, values, points) => {
    expect(childPugh(values).points?.[id]).toBe(points);
  });

  it.each([
    ['albumin', { value: 28, unit: 'g/L', comparator: '<' }, 3],
    ['albumin', { value: 3.5, unit: 'g/dL', comparator: '>' }, 1],
    ['albumin', { value: 28, unit: 'g/L', comparator: '>=' }, 2],
    ['bilirubin', { value: 51.3, unit: 'µmol/L', comparator: '>' }, 3],
    ['bilirubin', { value: 2, unit: 'mg/dL', comparator: '<' }, 1],
    ['inr', { value: 2.3, comparator: '>' }, 3],
  ] as const)('%s known to lie beyond %j is on that side of the cut', (id, entry, points) => {
    expect(childPugh({ ...liver(10, 'µmol/L', 40), [id]: entry }).points?.[id]).toBe(points);
  });

  it.each([
    ['none', 'none', 5, 'A'],
    ['mild', 'none', 6, 'A'],
    ['severe', 'none', 7, 'B'],
    ['severe', 'grade3-4', 9, 'B'],
  ])(
    'ascites %s and encephalopathy %s with normal blood: %d points, class %s',
    (ascites, encephalopathy, total, grade) => {
      const values = {
        ...liver(10, 'µmol/L', 40),
        ascites: { value: ascites },
        encephalopathy: { value: encephalopathy },
      };
      expect(childPugh(values)).toMatchObject({ value: total, grade });
    },
  );

  it('is class C from 10 points', () => {
    const values = { ...liver(10, 'µmol/L', 30), ascites: { value: 'severe' }, encephalopathy: { value: 'grade3-4' } };
    expect(childPugh(values)).toMatchObject({ value: 10, grade: 'C' });
  });

  it('has no total while one of the five is missing', () => {
    const { inr: _left, ...rest } = liver(10, 'µmol/L', 40);
    expect(childPugh({ ...rest, prothrombinTime: { value: 14, unit: 's' } })).toMatchObject({
      value: null,
      inputsMissing: ['inr'],
      points: { albumin: 1, bilirubin: 1, ascites: 1, encephalopathy: 1 },
    });
  });
});

describe('NLR and PLR', () => {
  const blood: FactorValues = {
    neutrophils: { value: 4350, unit: '/µL' },
    lymphocytes: { value: 1.5, unit: '10^9/L' },
    platelets: { value: 150, unit: '10^3/µL' },
  };
  it('divides in one unit', () => {
    expect(nlr(blood).value).toBeCloseTo(2.9, 10);
    expect(plr(blood).value).toBeCloseTo(100, 10);
  });
});
