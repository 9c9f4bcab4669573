import { describe, expect, it } from 'vitest';
import type { Prediction } from '#shared/model/prediction.ts';
import { contributionRows, optionUsed, valueUsed } from '../../../../src/shared/model/contribution-rows.ts';

const contributions = [0.4, -0.35, -0.19, 0.02, 0.3, -0.01, 0.1, 0.05, -0.2, 0.15];
const prediction = {
  bias: -0.24,
  imageContribution: 0.82,
  clinicalContributions: contributions.map((contribution, index) => ({
    factor: `f${index}`,
    value: index,
    unit: '',
    contribution,
  })),
} satisfies Partial<Prediction> as Prediction;
const logit = -0.24 + 0.82 + contributions.reduce((a, b) => a + b, 0);
const sum = (rows: { contribution: number }[]) => rows.reduce((total, row) => total + row.contribution, 0);

describe('contributionRows', () => {
  it('adds up to the logit, folded or not', () => {
    expect(sum(contributionRows(prediction).rows)).toBeCloseTo(logit, 10);
    expect(sum(contributionRows(prediction, 3).rows)).toBeCloseTo(logit, 10);
  });

  it('starts with base and image, then the factors by size', () => {
    const { rows, hidden } = contributionRows(prediction, 3);
    expect(rows.map((row) => (row.kind === 'factor' ? row.factor : row.kind))).toEqual([
      'base',
      'image',
      'f0',
      'f1',
      'f4',
      'others',
    ]);
    expect(hidden).toBe(7);
  });

  it('does not fold a single factor away', () => {
    expect(contributionRows(prediction, 9).hidden).toBe(0);
  });
});

describe('the value beside a contribution', () => {
  it('is the option that the model took, whatever is entered by now', () => {
    expect(optionUsed('ecog', 0, { value: '2' })).toBe('0');
    expect(optionUsed('pvtt', 3, undefined)).toBe('vp3');
    expect(optionUsed('coTherapy', 0, { value: 'tki' })).toBe('none');
  });

  it('is the entered option where several have the code that the model took, and is left open where that has another', () => {
    expect(optionUsed('priorTreatment', 1, { value: 'ablation' })).toBe('ablation');
    expect(optionUsed('priorTreatment', 1, { value: 'none' })).toBeUndefined();
    expect(optionUsed('afp', 1, { value: 1, unit: 'ng/mL' })).toBeUndefined();
  });

  it('keeps every digit of a whole number and four of others', () => {
    expect(valueUsed(24567)).toBe('24567');
    expect(valueUsed(104.34)).toBe('104.3');
    expect(valueUsed(-2.6523)).toBe('\u22122.652');
  });
});
