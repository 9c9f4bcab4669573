import { describe, expect, it } from 'vitest';
import type { FactorValues } from '#shared/clinical/factor-values.ts';
import { crafity } from '#shared/clinical/scores/crafity.ts';
import { deriveScores } from '#shared/clinical/scores/index.ts';
import { palbi, palbiGrade } from '#shared/clinical/scores/palbi.ts';
import { scoreIds } from '#shared/clinical/scores/score.ts';
import { sixAndTwelve, upToSeven } from '#shared/clinical/scores/tumour-burden.ts';

const markers = (afp: number, crp: number, crpUnit = 'mg/L'): FactorValues => ({
  afp: { value: afp, unit: 'ng/mL' },
  crp: { value: crp, unit: crpUnit },
});

describe('CRAFITY', () => {
  // PMID 37129721: AFP of at least 100 ng/mL, CRP of at least 1 mg/dL, one point each.
  it.each([
    [markers(99.9, 9.9), 0, 'low'],
    [markers(100, 9.9), 1, 'intermediate'],
    [markers(99.9, 10), 1, 'intermediate'],
    [markers(100, 1, 'mg/dL'), 2, 'high'],
  ])('%# at its thresholds', (values, points, grade) => {
    expect(crafity(values)).toMatchObject({ value: points, grade });
  });

  it('has no value for AFP in IU without the laboratory factor', () => {
    expect(crafity({ ...markers(0, 20), afp: { value: 400, unit: 'IU/mL' } })).toMatchObject({
      value: null,
      inputsMissing: ['afp'],
    });
  });
});

const burden = (cm: number, number: number): FactorValues => ({
  largestDiameter: { value: cm, unit: 'cm' },
  tumourNumber: { value: number },
});

describe('six-and-twelve', () => {
  // Wang Q 2019: ≤ 6, > 6 but ≤ 12, > 12.
  it.each([
    [burden(4, 2), 6, 'low'],
    [burden(4.1, 2), 6.1, 'intermediate'],
    [burden(8.4, 2), 10.4, 'intermediate'],
    [burden(10, 2), 12, 'intermediate'],
    [burden(10.1, 2), 12.1, 'high'],
  ])('%# adds cm and number', (values, sum, grade) => {
    const score = sixAndTwelve(values);
    expect(score.value).toBeCloseTo(sum, 10);
    expect(score.grade).toBe(grade);
  });
});

describe('up-to-seven', () => {
  it.each([
    [burden(5, 2), 'within'],
    [burden(5.1, 2), 'beyond'],
    [burden(6.99, 1), 'beyond'],
  ])('%# has its limit at 7', (values, grade) => {
    expect(upToSeven(values).grade).toBe(grade);
  });
});

describe('PALBI', () => {
  it('follows the published formula', () => {
    // B 20 µmol/L, A 35 g/L, P 100: log10 B = 1.30103, log10 P = 2.
    // 2.628081 − 0.626291 − 1.4 − 6.96 + 4.04 = −2.318210
    const values: FactorValues = {
      bilirubin: { value: 20, unit: 'µmol/L' },
      albumin: { value: 35, unit: 'g/L' },
      platelets: { value: 100, unit: '10^9/L' },
    };
    expect(palbi(values).value).toBeCloseTo(-2.31821, 4);
    expect(palbi(values).grade).toBe('2');
  });
  it.each([
    [-2.53, '1'],
    [-2.52, '2'],
    [-2.09, '2'],
    [-2.08, '3'],
  ])('grades %d as %s', (value, grade) => {
    expect(palbiGrade(value)).toBe(grade);
  });
});

describe('deriveScores', () => {
  it('gives every score with formula and source, and what is missing of an empty form', () => {
    const scores = deriveScores({});
    expect(scores.map((one) => one.id).sort()).toEqual([...scoreIds].sort());
    for (const score of scores) {
      expect(score.value, score.id).toBeNull();
      expect(score.inputsMissing.length, score.id).toBeGreaterThan(0);
      expect(score.formula.length * score.source.length, score.id).toBeGreaterThan(0);
    }
  });
});
