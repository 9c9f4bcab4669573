import { describe, expect, it } from 'vitest';
import {
  brier,
  calibrationInTheLarge,
  calibrationSlope,
  closedTest,
  observedExpected,
} from '#shared/statistics/calibration.ts';
import { smoothedCalibration } from '#shared/statistics/smoothed-calibration.ts';
import { p1, y } from './vector-a.ts';

describe('calibration, as R’s glm and rms have it', () => {
  it('in the large, which is not the intercept beside the slope', () => {
    const large = calibrationInTheLarge(y, p1);
    expect(large.value).toBeCloseTo(-0.37824501, 7);
    expect(large.standardError).toBeCloseTo(0.48958467, 7);
    expect(large.interval.low).toBeCloseTo(-1.33781, 5);
    expect(large.interval.high).toBeCloseTo(0.58132, 5);
    const { slope, intercept } = calibrationSlope(y, p1);
    expect(intercept.value).toBeCloseTo(-0.1688379, 7);
    expect(slope.value).toBeCloseTo(2.8289329, 6);
    expect(slope.standardError).toBeCloseTo(1.2162057, 6);
    expect(slope.interval.low).toBeCloseTo(0.44521, 5);
    expect(slope.interval.high).toBeCloseTo(5.21265, 5);
  });

  it('as observed over expected, with the error of its logarithm', () => {
    expect(observedExpected(y, p1)).toMatchObject({
      observed: 8,
      expected: expect.closeTo(9.64, 9),
      ratio: expect.closeTo(0.82987552, 7),
      logStandardError: expect.closeTo(0.28867513, 7),
    });
  });

  it('as the Brier score, and scaled by the base rate', () => {
    expect(brier(y, p1).brier).toBeCloseTo(0.12178333, 7);
    expect(brier(y, p1).scaled).toBeCloseTo(0.451975, 6);
  });

  it('smoothed, by the smoother that it names', () => {
    const smoothed = smoothedCalibration(y, p1);
    expect(smoothed.smoother).toContain('lowess');
    const byLoess = smoothedCalibration(y, p1, 'loess');
    expect(byLoess.smoother).toContain('loess');
    expect(byLoess.ici).toBeCloseTo(0.11969336, 7);
    expect(byLoess.e50).toBeCloseTo(0.12078337, 7);
    expect(byLoess.e90).toBeCloseTo(0.22636504, 7);
    expect(byLoess.emax).toBeCloseTo(0.25554361, 7);
    expect(smoothed.ici).toBeCloseTo(0.12463846, 7);
    expect(smoothed.e90).toBeCloseTo(0.18885128, 7);
    expect(smoothed.emax).toBeCloseTo(0.2206761, 6);
    expect(smoothed.curve.map(({ predicted }) => predicted)).toEqual([...p1].sort((a, b) => a - b));
  });
});

describe('the closed test', () => {
  it('keeps the original though the slope alone would be significant', () => {
    const test = closedTest(y, p1);
    expect(test.logLikelihoods.original).toBeCloseTo(-9.5998153, 6);
    expect(test.logLikelihoods.intercept).toBeCloseTo(-9.2933007, 6);
    expect(test.logLikelihoods.recalibration).toBeCloseTo(-7.1954129, 6);
    expect(test.recalibrationAgainstOriginal.statistic).toBeCloseTo(4.8088047, 6);
    expect(test.recalibrationAgainstOriginal.p).toBeCloseTo(0.0903, 4);
    expect(test.recalibrationAgainstIntercept.statistic).toBeCloseTo(4.1957754, 6);
    expect(test.recalibrationAgainstIntercept.p).toBeCloseTo(0.0405, 4);
    expect(test.chosen).toBe('original');
  });

  it('moves the intercept where only the level is off, and the slope where that is off too', () => {
    const outcomes = Array.from({ length: 400 }, (_none, index) => (index % 4 === 0 ? 1 : 0));
    const level = outcomes.map((_y, index) => 0.5 + ((index % 3) - 1) * 0.02);
    expect(closedTest(outcomes, level).chosen).toBe('intercept');
    const tooExtreme = outcomes.map((outcome, index) => (index % 3 === 0 ? 1 - outcome : outcome) * 0.96 + 0.02);
    expect(closedTest(outcomes, tooExtreme).chosen).toBe('recalibration');
  });
});

describe('degenerate data give a sentence and no number', () => {
  const outcomes = [0, 0, 0, 1, 1, 1];
  it.each<[string, () => unknown, RegExp]>([
    [
      'a constant score',
      () =>
        calibrationSlope(
          outcomes,
          outcomes.map(() => 0.5),
        ),
      /same score/,
    ],
    ['complete separation', () => calibrationSlope(outcomes, [0.1, 0.2, 0.3, 0.7, 0.8, 0.9]), /separates/],
    ['a probability of 1', () => calibrationInTheLarge(outcomes, [0.1, 0.2, 0.3, 0.4, 0.5, 1]), /between 0 and 1/],
    ['a score that is no probability', () => smoothedCalibration(outcomes, [1, 2, 3, 4, 5, 6]), /between 0 and 1/],
  ])('%s', (_name, compute, said) => {
    expect(compute).toThrow(said);
  });
});
