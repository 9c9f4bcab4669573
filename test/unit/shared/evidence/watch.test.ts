import { expect, test } from 'vitest';
import { addDays } from '#shared/clinical/response/timeline.ts';
import type { EvidenceRow } from '#shared/evidence/evidence-row.ts';
import { watchOf } from '#shared/evidence/watch.ts';
import { isProblem } from '#shared/statistics/validation.ts';
import { manyRows, samplePrediction, sampleSelection } from './sample-row.ts';

const dated = (count: number, change: (index: number) => Partial<EvidenceRow> = () => ({})) =>
  manyRows(count, (index) => ({ date: addDays('2024-01-01', index), ...change(index) }));
const kindsOf = (rows: readonly EvidenceRow[]) => watchOf(rows, sampleSelection()).alarms.map(({ kind }) => kind);

test('a model that goes on holding raises no alarm', () => {
  const watch = watchOf(dated(200), sampleSelection());
  expect(watch.alarms).toStrictEqual([]);
  expect(watch.cusum).toMatchObject({ limits: { cases: 200 }, signals: { more: undefined, fewer: undefined } });
});

test('responses that grow rare are an alarm from the day on which the chart passes its limit', () => {
  const rows = dated(200, (index) => (index < 120 ? {} : { responses: { mrecist: 'PD' } }));
  expect(kindsOf(rows)).toStrictEqual(expect.arrayContaining(['fewer-responses', 'calibration-drift']));
  const { cusum } = watchOf(rows, sampleSelection());
  if (isProblem(cusum)) throw new Error(cusum.problem);
  expect(cusum.signals.more).toBeUndefined();
  expect(cusum.signals.fewer && cusum.signals.fewer > addDays('2024-01-01', 120)).toBe(true);
  // The order of the rows is not the order of the days.
  expect(watchOf(rows.toReversed(), sampleSelection()).cusum).toMatchObject({ signals: cusum.signals });
});

test('who a recalibration was fitted on is not watched by it', () => {
  const rows = dated(200, (index) => (index < 120 ? {} : { responses: { mrecist: 'PD' } }));
  const line = { intercept: -0.9, slope: 1, last: addDays('2024-01-01', 119) };
  const { cusum } = watchOf(rows, sampleSelection(), line);
  expect(cusum).toMatchObject({ limits: { cases: 80 } });
  // Of all 200 the first 120 would be among those that hold.
  expect(watchOf(rows, sampleSelection(), { intercept: -0.9, slope: 1 }).cusum).toMatchObject({
    limits: { cases: 200 },
  });
  const tooEarly = watchOf(rows, sampleSelection(), { ...line, last: addDays('2024-01-01', 190) });
  expect(tooEarly.cusum).toMatchObject({
    reason: 'few-after-recalibration',
    params: { needed: 30, last: addDays('2024-01-01', 190), n: 9 },
  });
});

/** Of R 4.2: `glm(y ~ 1 + offset(-0.4 + 1.2 * qlogis(p)), family = binomial)` of each half, and `2 * pnorm(-abs(z))` of their difference. */
const BY_R = {
  after: {
    earlier: [0.379164638961857, 0.389369936860024],
    later: [-1.656910291619198, 0.460791747777306],
    p: 7.38025853187e-4,
  },
  all: { earlier: [0.497346140396, 0.24556447415], later: [-0.31768633958, 0.250472253383], p: 0.020148820525 },
};

test('the calibration of a recalibration is compared among those who came after it: who it was fitted on would hide that it changed', () => {
  // Until day 159 as the model says; after it every fifth responds. The line was fitted on the first 120.
  const rows = dated(200, (index) => (index < 160 ? {} : { responses: { mrecist: index % 5 === 0 ? 'PR' : 'PD' } }));
  const line = { intercept: -0.4, slope: 1.2 };
  const last = addDays('2024-01-01', 119);
  for (const [watched, by] of [
    [watchOf(rows, sampleSelection(), { ...line, last }), BY_R.after],
    [watchOf(rows, sampleSelection(), line), BY_R.all],
  ] as const) {
    const { drift } = watched;
    if (isProblem(drift)) throw new Error(drift.problem);
    for (const half of ['earlier', 'later'] as const) {
      expect(drift[half].value).toBeCloseTo(by[half][0] ?? Number.NaN, 7);
      expect(drift[half].standardError).toBeCloseTo(by[half][1] ?? Number.NaN, 4);
    }
    expect(drift.p).toBeCloseTo(by.p, 6);
    expect(watched.alarms.some(({ kind }) => kind === 'calibration-drift')).toBe(by === BY_R.after);
  }
  const { after, drift } = watchOf(rows, sampleSelection(), { ...line, last: addDays('2024-01-01', 190) });
  expect(after).toBe(addDays('2024-01-01', 190));
  expect(drift).toMatchObject({ reason: 'few-after-recalibration', params: { n: 9 } });
});

test('more withheld, unlike training or missing values, and a scanner that nobody knew, are told apart', () => {
  const withheld = samplePrediction({ probability: null, withheldBecause: ['unlike-training'] });
  const rows = dated(200, (index) =>
    index < 150
      ? { values: { afp: 10 } }
      : {
          values: index % 2 === 0 ? { afp: 10 } : {},
          scanner: 'NEW 3 T',
          ...(index % 3 === 0 ? { prediction: withheld } : {}),
        },
  );
  const { alarms } = watchOf(rows, sampleSelection());
  expect(alarms).toStrictEqual(
    expect.arrayContaining([
      { kind: 'unlike-training', params: { id: 'unlike-training', before: 0, recent: 34 } },
      { kind: 'withheld', params: { id: 'withheld', before: 0, recent: 34 } },
      { kind: 'missing', params: { id: 'afp', before: 0, recent: 50 } },
      { kind: 'new-scanner', params: { scanner: 'NEW 3 T' } },
    ]),
  );
});

test('patients who trained the model are nothing to hold the newest against', () => {
  const rows = dated(200, (index) => ({
    scanner: index < 150 ? 'ACME 3 T' : 'NEW 3 T',
    ...(index < 120 ? { split: index % 2 === 0 ? ('training' as const) : ('unknown' as const) } : {}),
  }));
  const watch = watchOf(rows, sampleSelection());
  expect(watch.withheld).toMatchObject({ problem: expect.stringContaining('there are 80') });
  expect(watch.newScanners).toStrictEqual([]);
});

test('few cases say nothing, in words', () => {
  const watch = watchOf(dated(12), sampleSelection());
  expect(watch.cusum).toMatchObject({ problem: expect.stringContaining('30 evaluated cases') });
  expect(watch.withheld).toMatchObject({ problem: expect.any(String) });
  expect(watch.alarms).toStrictEqual([]);
});
