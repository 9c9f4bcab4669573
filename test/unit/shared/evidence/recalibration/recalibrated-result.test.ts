/** A recalibrated probability is the same wherever it stands, and stands nowhere where no number may. */
import { expect, test } from 'vitest';
import { modelShownOf } from '#shared/board/model-shown.ts';
import { recalibratedResult } from '#shared/evidence/recalibration/recalibrated-result.ts';
import { makeSheet } from '#shared/report/make-sheet.ts';
import { wordsOf } from '#shared/words/words.ts';
import { fhirBundle } from '../../../../../src/main/reports/fhir/bundle.ts';
import type { Entry } from '../../../../../src/main/reports/fhir/resources.ts';
import { limitsOf } from '../../../../../src/main/reports/limits.ts';
import { reportedCase } from '../../../../fixtures/reports/reported-case.ts';
import { samplePrediction } from '../../../main/cases/sample-case.ts';
import { reportContent, savedCase } from '../../../main/reports/report-case.ts';
import { sampleRecalibration } from './sample-recalibration.ts';

const kept = [sampleRecalibration()];
const prediction = { ...samplePrediction('p', 0.62), interval: { level: 0.9, low: 0.5, high: 0.72 } };
const withheld = { ...prediction, decision: 'withheld' as const, withheldBecause: [{ code: 'not-mr', text: '' }] };

test('number and ends move alike on the log-odds, and it says what it rests on', () => {
  const result = recalibratedResult(prediction, kept, false);
  // 1 / (1 + exp(−(log(p / (1 − p)) − 0.42))), computed in Python.
  expect(result?.probability).toBeCloseTo(0.517_38, 6);
  expect(result?.low).toBeCloseTo(0.396_517, 6);
  expect(result?.high).toBeCloseTo(0.628_19, 6);
  expect(result).toMatchObject({ number: 2, patients: 186, events: 61, by: 'Dr Example' });
  expect(recalibratedResult({ ...prediction, interval: null }, kept, false)).toMatchObject({ low: null, high: null });
});

test('the lower end stays the lower one where the slope is negative', () => {
  const line = sampleRecalibration({ kind: 'intercept-and-slope', intercept: 0.2, slope: -0.5 });
  const { low, high, probability } = recalibratedResult(prediction, [line], false) ?? {};
  expect(low).toBeLessThan(probability ?? Number.NaN);
  expect(high).toBeGreaterThan(probability ?? Number.NaN);
});

test('there is none for a withheld number, another model or criterion, one switched off, and the other kind of patient', () => {
  expect(recalibratedResult(withheld, kept, false)).toBeUndefined();
  expect(recalibratedResult(prediction, kept, true)).toBeUndefined();
  for (const change of [
    { inForce: false },
    { simulated: true },
    { model: { id: 'a-model', version: '2.0.0' } },
    { criterion: 'RECIST 1.1' as const },
  ]) {
    expect(recalibratedResult(prediction, [sampleRecalibration(change)], false)).toBeUndefined();
  }
});

const reported = (change: Parameters<typeof reportContent>[0] = {}) =>
  reportContent({
    saved: { ...savedCase(), baseRate: 0.3, predictions: [prediction] },
    prediction,
    simulated: false,
    recalibrations: kept,
    ...change,
  });

test('the report says both by their names, in the place of a response rate, and is of the day on which that came into force', () => {
  const content = reported();
  expect(content.result).toMatchObject({
    state: 'shown',
    probability: 0.62,
    atBaseRate: null,
    recalibrated: recalibratedResult(prediction, kept, false),
  });
  expect(content.date).toBe('2026-10-02T08:00:00.000Z');
  const text = JSON.stringify(makeSheet(content, wordsOf('en')).blocks);
  expect(text).toContain('Original, a-model 1.0.0: 62% (50%–72%)');
  expect(text).toContain('Recalibrated, version 2: 52% (40%–63%)');
  expect(text).toContain('taken into use 2026-10-02 08:00 UTC by Dr Example');
  expect(text).not.toContain('At a response rate');
  expect(JSON.stringify(makeSheet(content, wordsOf('zh-CN')).blocks)).toContain('再校准概率，版本 2');
});

test('without one in force a report is what it was, to the byte', () => {
  const content = reported({ recalibrations: [sampleRecalibration({ inForce: false })] });
  expect(content.result).toMatchObject({ atBaseRate: { rate: 0.3 } });
  expect(Object.keys(content.result)).not.toContain('recalibrated');
});

test('no word of it where the number is withheld, covered, or the patient made up', () => {
  for (const content of [
    reported({ prediction: withheld }),
    reported({ coveredBy: ['2026-01-08'] }),
    reported({ simulated: true }),
  ]) {
    expect(JSON.stringify(content)).not.toContain('recalibrated');
  }
});

test('a board keeps what it saw of it; of a withheld number it sees nothing', () => {
  const result = recalibratedResult(prediction, kept, false);
  expect(modelShownOf(prediction, result).recalibrated).toStrictEqual(result);
  expect(modelShownOf(withheld, result)).not.toHaveProperty('recalibrated');
  expect(modelShownOf(prediction)).not.toHaveProperty('recalibrated');
});

test('objects for other systems say it beside the model’s own, without a name', () => {
  const recalibrated = recalibratedResult(prediction, kept, false);
  const said = { state: 'shown', prediction, ...(recalibrated ? { recalibrated } : {}) } as const;
  const sentences = limitsOf(said).join('\n');
  expect(sentences).toContain('(version 2, 186 closed cases, 61 with response): 51.7 % (39.7 % to 62.8 %)');
  expect(sentences).not.toContain('Dr Example');
  const entries = fhirBundle(reportedCase({ prediction: said })).entry as Entry[];
  const risk = entries.find(({ resource }) => resource.resourceType === 'RiskAssessment');
  expect(risk?.resource.prediction).toMatchObject([
    { probabilityDecimal: 62 },
    { probabilityRange: {} },
    { probabilityDecimal: expect.closeTo(51.738, 3), rationale: expect.stringContaining('version 2') },
  ]);
});
