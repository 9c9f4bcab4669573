import { expect, it } from 'vitest';
import { auc, aucWithInterval, compareAucs } from '#shared/statistics/auc.ts';
import { calibrationInTheLarge, calibrationSlope } from '#shared/statistics/calibration.ts';
import { kappa } from '#shared/statistics/kappa.ts';
import { smoothedCalibration } from '#shared/statistics/smoothed-calibration.ts';
import { cox } from '#shared/statistics/survival/cox.ts';
import { followUps } from '#shared/statistics/survival/follow-up.ts';
import { kaplanMeier, survivalAt, survivalQuantile } from '#shared/statistics/survival/kaplan-meier.ts';
import { logRank } from '#shared/statistics/survival/log-rank.ts';
import { proportionalHazards } from '#shared/statistics/survival/proportional-hazards.ts';
import { attempt, isProblem } from '#shared/statistics/validation.ts';
import reference from '../../../fixtures/statistics/reference.json' with { type: 'json' };
import { type DataSet, dataSet } from './random-data.ts';

const grade = (p: number): number => [0.3, 0.5, 0.7].filter((cut) => p >= cut).length;

/** Undefined where there is no figure and a sentence instead. */
const figureOf = (compute: () => number | undefined): number | undefined => {
  const answer = attempt(() => ({ value: compute() }));
  return isProblem(answer) ? undefined : answer.value;
};

const figures = ({ y, p, q, time, status }: DataSet): Record<string, () => number | undefined> => {
  const patients = () => followUps(time, status);
  const median = () => survivalQuantile(kaplanMeier(patients()));
  const middle = [...time].sort((a, b) => a - b)[Math.ceil(time.length / 2) - 1] ?? 0;
  const at = () => survivalAt(kaplanMeier(patients()), middle);
  const term = (ties: 'efron' | 'breslow') =>
    cox(
      patients().map((patient, index) => ({ ...patient, x: [p[index] ?? 0] })),
      ties,
    ).terms[0];
  const agree = (weights: 'linear' | 'quadratic') => kappa(p.map(grade), q.map(grade), [0, 1, 2, 3], weights);
  return {
    auc: () => auc(y, p),
    variance: () => aucWithInterval(y, p).variance,
    z: () => compareAucs(y, p, q).z,
    pValue: () => compareAucs(y, p, q).p,
    inTheLarge: () => calibrationInTheLarge(y, p).value,
    inTheLargeError: () => calibrationInTheLarge(y, p).standardError,
    slope: () => calibrationSlope(y, p).slope.value,
    slopeError: () => calibrationSlope(y, p).slope.standardError,
    ici: () => smoothedCalibration(y, p).ici,
    survival: () => at()?.survival,
    survivalError: () => at()?.standardError,
    median: () => median().time,
    medianLow: () => median().low,
    medianHigh: () => median().high,
    logRank: () =>
      logRank([0, 1].map((side) => patients().filter((_p, index) => Number((p[index] ?? 0) >= 0.5) === side)))
        .chiSquare,
    efron: () => term('efron')?.coefficient,
    efronError: () => term('efron')?.standardError,
    zph: () =>
      proportionalHazards(patients().map((patient, index) => ({ ...patient, x: [p[index] ?? 0] }))).terms[0]?.statistic,
    breslow: () => term('breslow')?.coefficient,
    linear: () => agree('linear').kappa,
    linearError: () => agree('linear').standardError,
    quadratic: () => agree('quadratic').kappa,
    quadraticError: () => agree('quadratic').standardError,
  };
};

it.each(reference.figures.map((name, column) => ({ name, column })))(
  '$name equals R within 1e-6 on 500 random data sets, and is withheld where R has none',
  ({ name, column }) => {
    const differing = reference.results.flatMap((row, index) => {
      const expected = row[column] ?? undefined;
      const found = figureOf(figures(dataSet(index + 1))[name] ?? (() => undefined));
      if (expected === undefined || found === undefined)
        return expected === found ? [] : [{ set: index + 1, expected, found }];
      return Math.abs(found - expected) <= 1e-6 * Math.max(1, Math.abs(expected))
        ? []
        : [{ set: index + 1, expected, found }];
    });
    expect(differing).toEqual([]);
  },
);
