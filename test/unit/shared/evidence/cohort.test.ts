import { describe, expect, test } from 'vitest';
import { choicesOf, cohortOf } from '#shared/evidence/cohort.ts';
import type { EvidenceRow } from '#shared/evidence/evidence-row.ts';
import { firstSelection, isSelected, type Selection } from '#shared/evidence/selection.ts';
import { splitOf } from '#shared/evidence/split-of.ts';
import { samplePrediction, sampleRow, sampleSelection } from './sample-row.ts';

const reasonsOf = (rows: readonly EvidenceRow[], selection = sampleSelection()) =>
  Object.fromEntries(cohortOf(rows, selection).excluded.map(({ reason, count }) => [reason, count]));

describe('who is evaluated', () => {
  test.each([
    ['training', { split: 'training' }],
    ['split-unknown', { split: 'unknown' }],
    ['no-prediction', { prediction: null }],
    ['other-model', { prediction: samplePrediction({ modelVersion: '2.0.0' }) }],
    ['model-criterion', { prediction: samplePrediction({ criterion: 'RECIST 1.1' }) }],
    ['withheld', { prediction: samplePrediction({ probability: null, withheldBecause: ['unlike-training'] }) }],
    ['covered', { prediction: samplePrediction({ probability: null, withheldBecause: ['covered'] }) }],
    ['no-outcome', { responses: {} }],
    ['other-criterion', { responses: { 'recist-1.1': 'PR' } }],
    ['not-evaluable', { responses: { mrecist: 'NE' } }],
  ] as const)('left out as %s', (reason, change) => {
    const cohort = cohortOf([sampleRow(change)], sampleSelection());
    expect(cohort.excluded).toStrictEqual([{ reason, count: 1 }]);
    expect(cohort.evaluated).toHaveLength(0);
  });

  test('everybody is counted in one place, whatever else holds of them', () => {
    const rows = [
      sampleRow(),
      sampleRow({ responses: { mrecist: 'PD' } }),
      sampleRow({ split: 'training', prediction: null, responses: {} }),
      sampleRow({ prediction: null, responses: {} }),
      sampleRow({ split: 'held-out', responses: { mrecist: 'CR' } }),
    ];
    const cohort = cohortOf(rows, sampleSelection());
    expect(cohort).toMatchObject({ closed: 5, events: 2 });
    expect(cohort.evaluated.length + cohort.excluded.reduce((sum, { count }) => sum + count, 0)).toBe(5);
    expect(cohort.responses).toStrictEqual([
      { code: 'CR', count: 1 },
      { code: 'PR', count: 1 },
      { code: 'PD', count: 1 },
    ]);
  });

  test('a criterion is never judged by the response of another, nor a model by a criterion that it does not predict', () => {
    const both = sampleRow({ responses: { mrecist: 'PR', 'recist-1.1': 'PD' } });
    expect(cohortOf([both], sampleSelection()).evaluated[0]).toMatchObject({ response: 'PR', outcome: 1 });
    expect(reasonsOf([both], sampleSelection({ criterion: 'recist-1.1' }))).toStrictEqual({ 'model-criterion': 1 });
    const recist = { ...both, prediction: samplePrediction({ criterion: 'RECIST 1.1' }) };
    const asked = cohortOf([recist], sampleSelection({ criterion: 'recist-1.1' }));
    expect(asked.evaluated[0]).toMatchObject({ response: 'PD', outcome: 0 });
  });

  test('a patient is evaluated once, by the first course that can be, and the others are said', () => {
    const later = sampleRow({ patient: 7, date: '2025-05-01' });
    const first = sampleRow({ patient: 7, date: '2024-05-01', responses: { mrecist: 'PD' } });
    const notEvaluable = sampleRow({ patient: 7, date: '2023-05-01', responses: { mrecist: 'NE' } });
    const cohort = cohortOf([later, first, notEvaluable, sampleRow()], sampleSelection());
    expect(cohort.evaluated.map(({ date, outcome }) => [date, outcome])).toStrictEqual([
      ['2024-05-01', 0],
      ['2025-03-14', 1],
    ]);
    expect(cohort.excluded).toStrictEqual([
      { reason: 'not-evaluable', count: 1 },
      { reason: 'later-course', count: 1 },
    ]);
  });
});

describe('filters', () => {
  test.each<[string, Partial<Selection>, Partial<EvidenceRow>, Partial<EvidenceRow>]>([
    ['from', { from: '2025-03-14' }, { date: '2025-03-14' }, { date: '2025-03-13' }],
    ['to', { to: '2025-03-14' }, { date: '2025-03-14' }, { date: '2025-03-15' }],
    ['line', { line: 'first' }, { values: { priorTreatment: 0 } }, { values: { priorTreatment: 1 } }],
    ['least size', { leastMm: 50 }, { values: { largestDiameter: 50 } }, { values: { largestDiameter: 49 } }],
    ['greatest size', { mostMm: 50 }, { values: { largestDiameter: 50 } }, { values: { largestDiameter: 51 } }],
    ['PVTT', { pvtt: [3, 4] }, { values: { pvtt: 3 } }, { values: { pvtt: 0 } }],
    ['BCLC', { bclc: ['C'] }, { values: { bclc: 3 } }, { values: { bclc: 2 } }],
    ['CNLC', { cnlc: ['IIIa'] }, { values: { cnlc: 4 } }, { values: { cnlc: 5 } }],
    ['scanner', { scanners: ['ACME 3 T'] }, { scanner: 'ACME 3 T' }, { scanner: 'ACME 1.5 T' }],
  ])('by %s', (_name, filter, inside, outside) => {
    const selection = sampleSelection(filter);
    expect(isSelected(sampleRow(inside), selection)).toBe(true);
    expect(isSelected(sampleRow(outside), selection)).toBe(false);
  });

  test('whose value is not known is not among those that a filter asks for', () => {
    for (const filter of [
      { line: 'first' },
      { leastMm: 1 },
      { pvtt: [0] },
      { bclc: ['C'] },
      { cnlc: ['IIIa'] },
    ] as const) {
      expect(isSelected(sampleRow({ values: {} }), sampleSelection(filter as Partial<Selection>))).toBe(false);
    }
    expect(isSelected(sampleRow({ date: '' }), sampleSelection({ to: '2025-03-14' }))).toBe(false);
    expect(reasonsOf([sampleRow({ values: {} })], sampleSelection({ leastMm: 1 }))).toStrictEqual({ filtered: 1 });
  });

  test('what is shown first is the model of most, by its own criterion', () => {
    const other = samplePrediction({ modelId: 'b', criterion: 'RECIST 1.1' });
    const rows = [sampleRow(), sampleRow({ prediction: other }), sampleRow({ prediction: other })];
    expect(firstSelection(rows)).toMatchObject({ model: 'b 1.0.0', criterion: 'recist-1.1' });
    expect(firstSelection([])).toMatchObject({ model: '', criterion: 'mrecist' });
    expect(choicesOf(rows).models.map(({ key, count, status }) => [key, count, status])).toStrictEqual([
      ['b 1.0.0', 2, 'research'],
      ['a-model 1.0.0', 1, 'research'],
    ]);
  });
});

test('a word for a part of a cohort that nobody knows is not taken for held out', () => {
  expect(['', undefined, ' '].map(splitOf)).toStrictEqual(['none', 'none', 'none']);
  expect(['train', 'Training', 'development', '训练集'].map(splitOf)).toStrictEqual(new Array(4).fill('training'));
  expect(['test', 'external validation', 'held-out', '外部验证队列'].map(splitOf)).toStrictEqual(
    new Array(4).fill('held-out'),
  );
  expect(splitOf('fold 3')).toBe('unknown');
});
