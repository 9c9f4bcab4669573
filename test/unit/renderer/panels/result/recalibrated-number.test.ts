/** What a result says beside the model's own probability where this hospital recalibrated it. */
import { expect, test } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { KeptRecalibration } from '#shared/evidence/recalibration/kept.ts';
import { recalibratedResult } from '#shared/evidence/recalibration/recalibrated-result.ts';
import { i18n } from '../../../../../src/renderer/locales/index.ts';
import RecalibratedNumber from '../../../../../src/renderer/panels/result/RecalibratedNumber.vue';
import { samplePrediction } from '../../../main/cases/sample-case.ts';
import { sampleRecalibration } from '../../../shared/evidence/recalibration/sample-recalibration.ts';

const said = async (change: Partial<KeptRecalibration> = {}): Promise<string> => {
  const prediction = { ...samplePrediction('p', 0.62), interval: { level: 0.9, low: 0.5, high: 0.72 } };
  const app = createSSRApp(RecalibratedNumber, {
    prediction,
    recalibrated: recalibratedResult(prediction, [sampleRecalibration(change)], change.simulated ?? false),
  });
  app.use(i18n);
  return (await renderToString(app)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

test('both probabilities stand there with their intervals, each by its name, with date and author', async () => {
  const text = await said();
  expect(text).toContain('Original, a-model 1.0.0 62% (50%–72%)');
  expect(text).toContain('Recalibrated, version 2 52% (40%–63%)');
  expect(text).toContain('186 closed cases of this hospital, 61 with response');
  expect(text).toContain('by Dr Example');
  expect(text).not.toContain('Simulated');
});

test('made-up outcomes are said to be so', async () => {
  expect(await said({ simulated: true })).toContain('Simulated cohort');
});
