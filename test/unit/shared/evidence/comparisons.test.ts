import { expect, test } from 'vitest';
import { directionOf } from '#shared/evidence/comparator.ts';
import { comparisonsOf } from '#shared/evidence/comparisons.ts';
import { compareAucs } from '#shared/statistics/auc.ts';
import { holm } from '#shared/statistics/holm.ts';
import { isProblem } from '#shared/statistics/validation.ts';
import { manyRows, sampleSelection } from './sample-row.ts';

const rows = manyRows(80, (index) => ({
  values: {
    afp: (index * 13) % 97,
    ...(index % 4 === 0 ? {} : { crp: (index * 29) % 31 }),
    albumin: 30 + (index % 17),
  },
  others: index % 2 === 0 ? { 'other 1.0.0': ((index * 17) % 83) / 83 } : {},
  readers: { A: ((index * 11) % 7) / 7 },
}));

test('each is compared on the patients who have both, and their p values hold together', () => {
  const compared = comparisonsOf(rows, sampleSelection());
  expect(compared.map(({ key, patients }) => [key, patients])).toStrictEqual([
    ['reader:A', 80],
    ['model:other 1.0.0', 40],
    ['factor:afp', 80],
    ['factor:crp', 60],
    ['factor:albumin', 80],
  ]);
  const withCrp = rows.filter(({ values }) => values.crp !== undefined);
  const outcomes = withCrp.map(({ responses }) => (responses.mrecist === 'PR' ? 1 : 0));
  const expected = compareAucs(
    outcomes,
    withCrp.map(({ prediction }) => prediction?.probability ?? 0),
    withCrp.map(({ values }) => -(values.crp ?? 0)),
  );
  expect(compared[3]?.test).toMatchObject(expected);
  const tests = compared.flatMap(({ test: one }) => (isProblem(one) ? [] : [one]));
  expect(tests.map(({ pHolm }) => pHolm)).toStrictEqual(holm(tests.map(({ p }) => p)));
});

test('the direction of a factor is fixed beforehand, so that an AUC may lie below one half', () => {
  expect([directionOf('afp'), directionOf('albumin'), directionOf('largestDiameter')]).toStrictEqual([-1, 1, -1]);
  // The more AFP, the more response: against what was expected.
  const reversed = manyRows(60, (index) => ({
    values: { afp: index },
    responses: { mrecist: index > 30 ? 'PR' : 'PD' },
  }));
  expect(comparisonsOf(reversed, sampleSelection())[0]?.auc).toMatchObject({ auc: 0 });
});

test('what the data do not determine is a sentence', () => {
  const constant = manyRows(30, () => ({ values: { afp: 5 } }));
  expect(comparisonsOf(constant, sampleSelection())[0]?.auc).toMatchObject({ auc: 0.5 });
  const few = manyRows(30, (index) => ({ values: index === 0 ? { afp: 5 } : {} }));
  expect(comparisonsOf(few, sampleSelection())[0]).toMatchObject({
    patients: 1,
    auc: { problem: expect.any(String) },
    test: { problem: expect.any(String) },
  });
});
