import { expect, test } from 'vitest';
import { createSSRApp } from 'vue';
import { renderToString } from 'vue/server-renderer';
import type { Neighbourhood } from '#shared/evidence/neighbours/neighbours.ts';
import { proportion } from '#shared/statistics/proportion.ts';
import { i18n } from '../../../../../src/renderer/locales/index.ts';
import NeighbourList from '../../../../../src/renderer/panels/result/NeighbourList.vue';

const said = async (neighbourhood: Neighbourhood | undefined, failure = ''): Promise<string> => {
  const app = createSSRApp(NeighbourList, { neighbourhood, failure, busy: false, criterion: 'mRECIST' });
  app.use(i18n);
  return (await renderToString(app)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

const found: Neighbourhood = {
  state: 'found',
  comparable: 84,
  nearest: Array.from({ length: 10 }, (_none, index) => ({
    caseId: `case-${index}`,
    date: `2025-03-${10 + index}`,
    response: index < 3 ? 'PR' : 'PD',
    distance: 0.31 + index / 100,
    imageDistance: 0.25,
    factorDistance: index === 9 ? null : 0.4,
    factorsCompared: 8,
  })),
  responded: proportion(3, 10),
  leftOut: [
    { reason: 'other-model', count: 12 },
    { reason: 'same-patient', count: 1 },
  ],
  factors: 9,
  simulated: false,
};

test('who is near, how far, what came of them, how sure the rate is, and what it is not', async () => {
  const text = await said(found);
  expect(text).toContain('3 of the 10 nearest responded (CR or PR, mRECIST): 30%, exact 95% interval 7%–65%.');
  expect(text).toContain('Chosen from 84 comparable closed cases');
  expect(text).toContain('2025-03-10 PR 0.31 0.25 0.40 (8/9)');
  expect(text).toContain('2025-03-19 PD 0.40 0.25 — (8/9)');
  expect(text).toContain('Not a prediction, and no evidence of an effect.');
  expect(text).toContain('another model or version: 12');
  expect(text).toContain('other courses of this patient: 1');
  expect(text).not.toContain('Simulated cohort');
  expect(text).not.toContain('case-');
});

test('made-up cases are said to be so', async () => {
  expect(await said({ ...found, simulated: true })).toContain('Simulated cohort');
});

test.each([
  [{ state: 'too-few', comparable: 29, needed: 30, leftOut: [], simulated: false }, '29, and 30 are needed'],
  [{ state: 'withheld' }, 'number of this case is withheld'],
  [{ state: 'covered' }, 'keeps the model covered'],
  [{ state: 'no-features' }, 'Predict again to compare'],
  [{ state: 'model-gone' }, 'no longer installed'],
] as [Neighbourhood, string][])('why there is none: %o', async (neighbourhood, sentence) => {
  const text = await said(neighbourhood);
  expect(text).toContain(sentence);
  expect(text).not.toContain('%');
});

test('what fails says so, and shows nothing of before', async () => {
  expect(await said(undefined, 'It could not be read.')).toContain('It could not be read.');
});
