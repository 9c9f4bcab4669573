import { afterEach, expect, test } from 'vitest';
import { evidenceFigures } from '#shared/evidence/figures.ts';
import { watchOf } from '#shared/evidence/watch.ts';
import { notEstimableReasons } from '#shared/statistics/estimate.ts';
import { isProblem } from '#shared/statistics/validation.ts';
import { problemSentence } from '../../../../../src/renderer/charts/problem-sentence.ts';
import { i18n } from '../../../../../src/renderer/locales/index.ts';
import { manyRows, samplePrediction, sampleSelection } from '../../../shared/evidence/sample-row.ts';

afterEach(() => {
  i18n.global.locale.value = 'en';
});

const chinese = /^[^a-z]*\p{Script=Han}/u;

test('every reason for which there is no figure has words in both languages', () => {
  for (const language of ['en', 'zh-CN'] as const) {
    i18n.global.locale.value = language;
    const missing = notEstimableReasons.filter((reason) => !i18n.global.te(`evidence.problems.${reason}`, language));
    expect(missing).toStrictEqual([]);
  }
});

/** Every problem in an answer, however deep. */
const problemsIn = (answer: unknown): { problem: string }[] => {
  if (typeof answer !== 'object' || answer === null) return [];
  return isProblem(answer) ? [answer] : Object.values(answer).flatMap(problemsIn);
};

test.each([
  ['nobody', []],
  ['one class', manyRows(12, () => ({ responses: { mrecist: 'PR' } }))],
  ['one event', manyRows(12, (index) => ({ responses: { mrecist: index === 0 ? 'PR' : 'PD' } }))],
  ['a constant score', manyRows(12, () => ({ prediction: samplePrediction({ probability: 0.4 }) }))],
  ['no endpoint', manyRows(12, () => ({ endpoints: {} }))],
  ['no event in time', manyRows(12, () => ({ endpoints: { pfs: { days: 90, event: false } } }))],
] as const)('of a small cohort, %s, all is said in Chinese', (_name, rows) => {
  i18n.global.locale.value = 'zh-CN';
  const found = problemsIn([evidenceFigures(rows, sampleSelection(), 0.5), watchOf(rows, sampleSelection())]);
  expect(found.length).toBeGreaterThan(0);
  expect(found.map(problemSentence).filter((said) => !chinese.test(said) && !/CUSUM|DeLong/.test(said))).toStrictEqual(
    [],
  );
});
