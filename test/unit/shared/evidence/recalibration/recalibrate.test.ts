import { describe, expect, test } from 'vitest';
import { ADOPTED, recalibrationInForce, recalibrationsFrom, WITHDRAWN } from '#shared/evidence/recalibration/kept.ts';
import {
  allowedKind,
  type DatedOutcome,
  isRecalibration,
  proposeRecalibration,
  recalibrated,
  SIZES,
} from '#shared/evidence/recalibration/recalibrate.ts';
import { sigmoid } from '#shared/statistics/log-odds.ts';

/** Log-odds from −2 to 2; what happens follows `intercept + slope · log-odds` by one rule. */
const patients = (count: number, intercept: number, slope = 1): DatedOutcome[] =>
  Array.from({ length: count }, (_none, index) => {
    const said = -2 + (4 * ((index * 37) % 101)) / 101;
    return {
      date: `2024-01-01T${String(index).padStart(6, '0')}`,
      probability: sigmoid(said),
      outcome: ((index * 61) % 103) / 103 < sigmoid(intercept + slope * said) ? 1 : 0,
    };
  });

describe('how far it may go', () => {
  test('never below the sizes, which count the rarer outcome', () => {
    const with40 = (events: number): DatedOutcome[] =>
      patients(400, 0).map((one, index) => ({ ...one, outcome: index < events ? 1 : 0 }));
    expect(allowedKind(with40(SIZES.intercept - 1))).toBeUndefined();
    expect(allowedKind(with40(SIZES.intercept))).toBe('intercept');
    expect(allowedKind(with40(SIZES.slope - 1))).toBe('intercept');
    expect(allowedKind(with40(SIZES.slope))).toBe('intercept-and-slope');
    expect(proposeRecalibration(with40(3))).toStrictEqual({ why: 'too-few', fewest: 3, needed: SIZES.intercept });
  });

  test('what holds is left as it is', () => {
    expect(proposeRecalibration(patients(600, 0))).toStrictEqual({ why: 'not-needed' });
  });

  test('an intercept where only the level is wrong, also between the sizes', () => {
    const large = proposeRecalibration(patients(800, -0.8));
    expect(large).toMatchObject({ kind: 'intercept', slope: 1, patients: 800 });
    expect(isRecalibration(large) && large.intercept).toBeCloseTo(-0.8, 0);
    expect(proposeRecalibration(patients(150, -0.9))).toMatchObject({ kind: 'intercept', slope: 1 });
  });

  test('a slope too where predictions are too extreme', () => {
    const found = proposeRecalibration(patients(900, 0, 0.4));
    expect(found).toMatchObject({ kind: 'intercept-and-slope' });
    expect(isRecalibration(found) && found.slope).toBeCloseTo(0.4, 0);
  });

  test('a model that orders the patients backwards is refused, and never turned round', () => {
    expect(proposeRecalibration(patients(900, 0, -0.6))).toStrictEqual({ why: 'backwards' });
  });

  test('what was better once and is not any more is not offered', () => {
    // The first patients responded rarely, and all that came after them often.
    const turned = [...patients(300, -2.5), ...patients(300, 1.6)].map((one, index) => ({
      ...one,
      date: String(index).padStart(4, '0'),
    }));
    expect(proposeRecalibration(turned)).toMatchObject({ why: expect.stringMatching(/no-better|not-needed/) });
  });

  test('a certainty is a sentence', () => {
    const certain = patients(200, 0).map((one, index) => (index === 7 ? { ...one, probability: 1 } : one));
    expect(proposeRecalibration(certain)).toMatchObject({
      why: 'not-estimable',
      problem: expect.stringContaining('between 0 and 1'),
    });
  });
});

test('a probability moves on the log-odds, and a certainty stays', () => {
  expect(recalibrated(0.62, { intercept: -0.42, slope: 1 })).toBeCloseTo(0.517, 3);
  expect(recalibrated(1, { intercept: -0.42, slope: 1 })).toBe(1);
});

test('the log says which is in force: the newest of a model, unless it was taken back', () => {
  const model = { model: { id: 'm', version: '1' }, criterion: 'mRECIST' as const };
  const of = { ...model, simulated: false };
  const detail = {
    ...model,
    kind: 'intercept',
    intercept: -0.4,
    slope: 1,
    patients: 60,
    events: 30,
    first: '',
    last: '',
    simulated: false,
    scores: { original: 0.6, recalibrated: 0.5 },
  };
  const entry = (action: string, more: object) => ({
    at: 't',
    actor: 'Dr Example',
    action,
    detail: { ...detail, ...more },
  });
  const one = entry(ADOPTED, { number: 1 });
  const two = entry(ADOPTED, { number: 2 });
  const off = entry(WITHDRAWN, { number: 2 });
  const other = entry(ADOPTED, { number: 1, model: { id: 'n', version: '1' } });
  expect(recalibrationInForce(recalibrationsFrom([one, two]), of)).toMatchObject({ number: 2, by: 'Dr Example' });
  expect(recalibrationInForce(recalibrationsFrom([one, two, off]), of)).toBeUndefined();
  expect(recalibrationsFrom([one, two, off, other]).map(({ inForce }) => inForce)).toStrictEqual([true, false, false]);
  expect(recalibrationInForce(recalibrationsFrom([one, entry(ADOPTED, { number: 'x' })]), of)).toMatchObject({
    number: 1,
  });

  // Of made-up patients it is in force for made-up patients alone, whichever was taken into use first.
  const madeUp = entry(ADOPTED, { number: 3, simulated: true });
  expect(recalibrationInForce(recalibrationsFrom([madeUp]), of)).toBeUndefined();
  expect(recalibrationInForce(recalibrationsFrom([one]), { ...of, simulated: true })).toBeUndefined();
  for (const both of [
    [one, madeUp],
    [madeUp, one],
  ]) {
    expect(recalibrationInForce(recalibrationsFrom(both), of)).toMatchObject({ number: 1 });
    expect(recalibrationInForce(recalibrationsFrom(both), { ...of, simulated: true })).toMatchObject({ number: 3 });
  }
  const madeUpOff = recalibrationsFrom([madeUp, one, entry(WITHDRAWN, { number: 3, simulated: true })]);
  expect(madeUpOff.map(({ number, inForce }) => [number, inForce])).toStrictEqual([
    [1, true],
    [3, false],
  ]);
});
