import { expect, test } from 'vitest';
import type { ModelFactor } from '#shared/model/manifest.ts';
import { probabilityAlong, whatIfOf, whatIfSchema } from '#shared/model/what-if.ts';
import { samplePrediction } from '../../main/cases/sample-case.ts';

const factor = (change: Partial<ModelFactor> = {}): ModelFactor => ({
  id: 'afp',
  unit: 'ng/mL',
  coefficient: -0.5,
  center: 2,
  scale: 1,
  transform: 'log10',
  range: [1, 10_000],
  missing: 'training-mean',
  ...change,
});
/** AFP 400 counts −0.26 of the log-odds. */
const prediction = { ...samplePrediction('p'), logit: 0.26 };

test('along the range only the factor’s own share of the log-odds changes', () => {
  const along = probabilityAlong(prediction, factor());
  expect(along.map(({ value }) => Math.round(value))).toStrictEqual([
    1, 3, 6, 16, 40, 100, 251, 631, 1585, 3981, 10_000,
  ]);
  // logit 0.26 − (−0.26) = 0.52 without it; at 1 ng/mL it adds 1, at 100 nothing, at 10 000 it takes 1.
  const at = (place: number) => along[place]?.probability;
  expect(at(0)).toBeCloseTo(1 / (1 + Math.exp(-1.52)), 12);
  expect(at(5)).toBeCloseTo(1 / (1 + Math.exp(-0.52)), 12);
  expect(at(10)).toBeCloseTo(1 / (1 + Math.exp(0.48)), 12);
  const straight = probabilityAlong(prediction, factor({ transform: 'identity', range: [0, 10] }));
  expect(straight.map(({ value }) => value)).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

test('without a range, or of a factor that the prediction does not have, nothing is drawn', () => {
  expect(probabilityAlong(prediction, factor({ range: null }))).toStrictEqual([]);
  expect(probabilityAlong(prediction, factor({ id: 'pivkaII' }))).toStrictEqual([]);
});

test('it has no id, so that nothing can keep or report it', () => {
  const made = whatIfOf(samplePrediction('p'));
  expect(whatIfSchema.parse(made)).toStrictEqual(made);
  expect(Object.keys(made).toSorted()).toStrictEqual([
    'clinicalContributions',
    'interval',
    'probability',
    'state',
    'warnings',
  ]);
});

test('withheld values have their reasons and no number', () => {
  const because = [{ code: 'bclc-d', text: '' }];
  const made = whatIfOf({ ...samplePrediction('p'), decision: 'withheld', withheldBecause: because });
  expect(made).toStrictEqual({ state: 'withheld', because });
});
