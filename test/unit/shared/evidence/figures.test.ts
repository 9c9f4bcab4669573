import { expect, test } from 'vitest';
import { evidenceFigures, figuresAtThreshold } from '#shared/evidence/figures.ts';
import { precisionOf } from '#shared/evidence/precision.ts';
import { aucWithInterval } from '#shared/statistics/auc.ts';
import { cStandardError } from '#shared/statistics/sample-size.ts';
import { isProblem } from '#shared/statistics/validation.ts';
import { manyRows, samplePrediction, sampleRow, sampleSelection } from './sample-row.ts';

test('the figures are those of who is evaluated alone', () => {
  const rows = [...manyRows(120), sampleRow({ split: 'training' }), sampleRow({ responses: { mrecist: 'NE' } })];
  const { cohort, validation, probabilities } = evidenceFigures(rows, sampleSelection(), 0.5);
  expect(cohort).toMatchObject({ closed: 122, evaluated: 120, withoutEndpoint: 0 });
  expect(validation.patients).toBe(120);
  expect(probabilities).toHaveLength(120);
  // Both denominators: who could not be evaluated is in the larger one.
  expect(cohort.rates).toMatchObject({ objectiveResponse: { ofAll: { of: 121 }, ofEvaluable: { of: 120 } } });
  expect(validation.survival).toMatchObject({ patients: 120 });
  expect(validation.calibration.smoothedByLoess).toBeUndefined();
});

test('a patient is in the denominator of the rates once, however many courses could not be evaluated', () => {
  const twice = { patient: 90_001 };
  const never = { patient: 90_002, responses: { mrecist: 'NE' } } as const;
  const rows = [
    ...manyRows(40),
    sampleRow(twice),
    sampleRow({ ...twice, date: '2025-09-01', responses: { mrecist: 'NE' } }),
    sampleRow(never),
    sampleRow({ ...never, date: '2025-09-01' }),
  ];
  const { cohort } = evidenceFigures(rows, sampleSelection(), 0.5);
  expect(cohort.rates).toMatchObject({ objectiveResponse: { ofAll: { of: 42 }, ofEvaluable: { of: 41 } } });
  // Every course is still counted where it was left out.
  expect(cohort.excluded).toStrictEqual([{ reason: 'not-evaluable', count: 3 }]);
});

test('another threshold changes what it decides as a whole computation would', () => {
  const rows = manyRows(120, (index) => (index % 10 === 0 ? { endpoints: {} } : {}));
  const whole = evidenceFigures(rows, sampleSelection(), 0.3);
  expect(whole.cohort.withoutEndpoint).toBe(12);
  const { threshold, survivalByThreshold } = figuresAtThreshold(rows, sampleSelection(), 0.3);
  expect(threshold).toStrictEqual(whole.validation.threshold);
  const { survival } = whole.validation;
  if (!survival || isProblem(survival)) throw new Error('there is no survival');
  expect(survivalByThreshold).toStrictEqual(survival.byThreshold);
});

test('nobody, one class and a constant score give sentences and no figure', () => {
  const nobody = evidenceFigures([], sampleSelection(), 0.5);
  expect(nobody.precision).toMatchObject({ problem: expect.any(String) });
  expect(nobody.cohort.rates).toMatchObject({ problem: expect.any(String) });
  expect(nobody.validation.survival).toMatchObject({ problem: expect.any(String) });
  const oneClass = evidenceFigures(
    manyRows(20, () => ({ responses: { mrecist: 'PR' } })),
    sampleSelection(),
    0.5,
  );
  expect(oneClass.validation.auc).toMatchObject({ problem: expect.stringContaining('Every patient had the event') });
  const constant = evidenceFigures(
    manyRows(20, () => ({ prediction: samplePrediction({ probability: 0.4 }) })),
    sampleSelection(),
    0.5,
  );
  expect(constant.validation.calibration.slope).toMatchObject({ problem: expect.any(String) });
});

test('how sure the area can be: four times the patients halve the interval, and a perfect one is not sure', () => {
  const outcomes = Array.from({ length: 100 }, (_none, index) => (index % 4 === 0 ? 1 : 0));
  const scores = outcomes.map((outcome, index) => outcome * 0.4 + ((index * 37) % 101) / 101);
  const auc = aucWithInterval(outcomes, scores);
  const precision = precisionOf(auc);
  expect(precision).toMatchObject({ events: 25, moreToHalve: 300, isEnough: false });
  const wanted = precision.patientsWanted ?? 0;
  expect(cStandardError(auc.auc, wanted, 0.25) * 2 * 1.96).toBeCloseTo(0.1, 3);
  const perfect = precisionOf(aucWithInterval(outcomes, outcomes));
  expect(perfect).toMatchObject({ isEnough: false, halfWidth: undefined });
});
