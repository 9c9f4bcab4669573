import { describe, expect, it } from 'vitest';
import { aucWithInterval } from '#shared/statistics/auc.ts';
import { obuchowskiRockette, readerStudy } from '#shared/statistics/reader-study.ts';
import { responseRates } from '#shared/statistics/response-rates.ts';
import { p1, p2, r1, r2, y } from './vector-a.ts';

describe('a reader study (Obuchowski–Rockette), on the published summary of VanDyke’s', () => {
  const study = obuchowskiRockette(
    [
      [0.91964573, 0.85877617, 0.90386473, 0.97310789, 0.82979066],
      [0.94782609, 0.90531401, 0.92173913, 0.99935588, 0.92995169],
    ],
    { variance: 0.00079213, otherTest: 0.00034201, otherReader: 0.00033953, bothOther: 0.00023585 },
  );

  it('has its mean squares', () => {
    expect(study.meanSquares.tests).toBeCloseTo(0.00479617, 7);
    expect(study.meanSquares.readers).toBeCloseTo(0.0038362, 7);
    expect(study.meanSquares.interaction).toBeCloseTo(0.00055103, 7);
  });

  it('for readers and patients in general', () => {
    expect(study.randomReaders.f).toBeCloseTo(4.4848543, 3);
    expect(study.randomReaders.df2).toBeCloseTo(15.066108, 2);
    expect(study.randomReaders.p).toBeCloseTo(0.051233, 5);
    expect(study.randomReaders.difference?.value).toBeCloseTo(-0.04380032, 7);
    expect(study.randomReaders.difference?.standardError).toBeCloseTo(0.0206825, 5);
    expect(study.randomReaders.difference?.interval.low).toBeCloseTo(-0.0878672, 4);
    expect(study.randomReaders.difference?.interval.high).toBeCloseTo(0.0002666, 4);
  });

  it('for these readers, and for these patients', () => {
    expect(study.fixedReaders.chiSquare).toBeCloseTo(5.5457893, 2);
    expect(study.fixedReaders.p).toBeCloseTo(0.0185, 4);
    expect(study.fixedPatients.f).toBeCloseTo(8.704, 3);
    expect(study.fixedPatients.p).toBeCloseTo(0.04196, 5);
  });

  it('says why one reader, or one test, is no study', () => {
    const errors = { variance: 1, otherTest: 0, otherReader: 0, bothOther: 0 };
    expect(() => obuchowskiRockette([[0.8], [0.9]], errors)).toThrow(/two readers/);
    expect(() => readerStudy(y, [[p1, p2]])).toThrow(/two tests/);
  });
});

it('takes AUCs and their covariances from the readings', () => {
  const study = readerStudy(y, [
    [r1, r2],
    [p1, p2],
  ]);
  const aucs = [r1, r2, p1, p2].map((scores) => aucWithInterval(y, scores).auc);
  expect(study.meanOfTest[0]).toBeCloseTo(((aucs[0] ?? 0) + (aucs[1] ?? 0)) / 2, 12);
  expect(study.meanOfTest[1]).toBeCloseTo(((aucs[2] ?? 0) + (aucs[3] ?? 0)) / 2, 12);
  expect(study.randomReaders.df2).toBeGreaterThanOrEqual(1);
});

it('gives response rates with both denominators', () => {
  const rates = responseRates(['CR', 'PR', 'PR', 'SD', 'PD', 'NE', 'NON-CR/NON-PD', 'NE']);
  expect(rates.objectiveResponse.ofAll).toMatchObject({ count: 3, of: 8 });
  expect(rates.objectiveResponse.ofEvaluable).toMatchObject({ count: 3, of: 6 });
  expect(rates.diseaseControl.ofAll).toMatchObject({ count: 5, of: 8 });
  expect(() => responseRates(['NE'])).toThrow(/nobody/);
});
