import { describe, expect, it } from 'vitest';
import { concordance } from '#shared/statistics/survival/concordance.ts';
import { cox } from '#shared/statistics/survival/cox.ts';
import { followUps } from '#shared/statistics/survival/follow-up.ts';
import { kaplanMeier, restrictedMean, survivalAt, survivalQuantile } from '#shared/statistics/survival/kaplan-meier.ts';
import { logRank } from '#shared/statistics/survival/log-rank.ts';
import { group, p1, status, time } from '../vector-a.ts';

const patients = followUps(time, status);
const inGroup = (wanted: number) => patients.filter((_patient, index) => group[index] === wanted);
const withCovariate = (x: readonly number[]) => patients.map((patient, index) => ({ ...patient, x: [x[index] ?? 0] }));

describe('Kaplan and Meier, as R’s survival has it', () => {
  it('with the log and the log–log interval, which differ', () => {
    const at10 = survivalAt(kaplanMeier(patients), 10);
    expect(at10?.survival).toBeCloseTo(0.38986355, 7);
    expect(at10?.standardError).toBeCloseTo(0.10284615, 7);
    expect(at10?.interval?.low).toBeCloseTo(0.23246915, 7);
    expect(at10?.interval?.high).toBeCloseTo(0.6538226, 7);
    const logLog = survivalAt(kaplanMeier(patients, 'log-log'), 10);
    expect(logLog?.interval?.low).toBeCloseTo(0.19576224, 7);
    expect(logLog?.interval?.high).toBeCloseTo(0.58038598, 7);
    const at6 = survivalAt(kaplanMeier(patients), 6);
    expect(at6?.survival).toBeCloseTo(0.57017544, 7);
    expect(at6?.standardError).toBeCloseTo(0.10298706, 7);
  });

  it('with the median and its limits', () => {
    expect(survivalQuantile(kaplanMeier(patients))).toEqual({ time: 7, low: 6, high: 16 });
    expect(survivalQuantile(kaplanMeier(patients, 'log-log'))).toEqual({ time: 7, low: 5, high: 13 });
  });

  it('half way along a step that lies exactly at one half, and with no upper limit where none is reached', () => {
    expect(survivalQuantile(kaplanMeier(inGroup(0)))).toEqual({ time: 5, low: 4, high: undefined });
    expect(survivalQuantile(kaplanMeier(inGroup(1)))).toEqual({ time: 13.5, low: 10, high: undefined });
  });

  it('with the mean time lived up to a horizon', () => {
    const { mean, standardError } = restrictedMean(kaplanMeier(patients), 12);
    expect(mean).toBeCloseTo(8.02923977, 7);
    expect(standardError).toBeCloseTo(0.72255542, 7);
  });
});

it('compares groups by the log-rank test', () => {
  const test = logRank([inGroup(0), inGroup(1)]);
  expect(test.groups.map(({ observed }) => observed)).toEqual([10, 8]);
  expect(test.groups[0]?.expected).toBeCloseTo(4.139, 3);
  expect(test.groups[1]?.expected).toBeCloseTo(13.861, 3);
  expect(test.variance).toBeCloseTo(2.4005705, 6);
  expect(test.chiSquare).toBeCloseTo(14.309855, 5);
  expect(test.p).toBeCloseTo(0.00015505, 7);
});

describe('Cox', () => {
  it.each([
    ['efron', -2.2908946, 0.68976808, 0.10117591, -39.27934],
    ['breslow', -2.1781767, 0.69016333, 0.11324783, -40.412254],
  ] as const)('with ties by %s', (ties, coefficient, standardError, hazardRatio, logLikelihood) => {
    const fit = cox(withCovariate(group), ties);
    expect(fit.terms[0]?.coefficient).toBeCloseTo(coefficient, 6);
    expect(fit.terms[0]?.standardError).toBeCloseTo(standardError, 6);
    expect(fit.terms[0]?.hazardRatio).toBeCloseTo(hazardRatio, 7);
    expect(fit.logLikelihood.fitted).toBeCloseTo(logLikelihood, 5);
  });

  it('gives the hazard ratio its interval', () => {
    const [term] = cox(withCovariate(group)).terms;
    expect(term?.interval.low).toBeCloseTo(0.02617854, 7);
    expect(term?.interval.high).toBeCloseTo(0.39102883, 7);
  });

  it('of a continuous score, with Harrell’s concordance', () => {
    expect(cox(withCovariate(p1)).terms[0]?.coefficient).toBeCloseTo(-7.906377, 5);
    expect(1 - concordance(patients, p1)).toBeCloseTo(0.85407725, 7);
  });

  it('meets Therneau’s likelihood of his first test set', () => {
    const set = followUps([9, 1, 1, 6, 6, 8], [1, 1, 0, 1, 1, 0]);
    const x = [0, 1, 1, 1, 0, 0];
    const fit = cox(set.map((patient, index) => ({ ...patient, x: [x[index] ?? 0] })));
    const b = fit.terms[0]?.coefficient ?? 0;
    const e = Math.exp(b);
    const expected = 2 * b - Math.log(3 * e + 3) - Math.log((e + 5) / 2) - Math.log(e + 3);
    expect(fit.logLikelihood.fitted).toBeCloseTo(expected, 10);
  });
});

describe('degenerate data give a sentence and no number', () => {
  it.each<[string, () => unknown, RegExp]>([
    ['a negative time', () => followUps([-1], [1]), /0 or more; row 1/],
    ['an event of 2', () => followUps([1], [2]), /0 or 1/],
    ['nobody', () => followUps([], []), /at least one patient/],
    ['no event', () => cox(followUps([1, 2], [0, 0]).map((p, x) => ({ ...p, x: [x] }))), /Nobody had the event/],
    ['a variable that never varies', () => cox(withCovariate(group.map(() => 1))), /do not vary/],
    [
      'a group without events',
      () => cox(followUps([1, 2, 3, 4], [1, 1, 0, 0]).map((p, i) => ({ ...p, x: [i < 2 ? 1 : 0] }))),
      /no end/,
    ],
    ['one group', () => logRank([patients]), /two groups/],
    ['no pair', () => concordance(followUps([1, 2], [0, 0]), [1, 2]), /No two patients/],
  ])('%s', (_name, compute, said) => {
    expect(compute).toThrow(said);
  });
});
