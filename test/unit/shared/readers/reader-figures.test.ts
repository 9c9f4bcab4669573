import { describe, expect, test } from 'vitest';
import { readerFigures, type StudyData } from '#shared/readers/reader-figures.ts';
import type { Reading } from '#shared/readers/reader-study.ts';
import type { ReadCase } from '#shared/readers/study-results.ts';
import { aucWithInterval, compareAucs } from '#shared/statistics/auc.ts';
import { readerStudy } from '#shared/statistics/reader-study.ts';
import { isProblem, type Problem } from '#shared/statistics/validation.ts';
import { p1, p2, r1, r2, y } from '../statistics/vector-a.ts';

const reading = (probability: number, confidence = 3): Reading => ({
  probability,
  confidence,
  comment: '',
  seconds: 60 * probability,
  pauses: 1,
});
/** Ordinal 1–5 as a probability. */
const of5 = (grade: number) => grade / 5;

const reader = (key: string) => ({ key, name: key, finished: true, left: false });

/** Vector A: two readers by their grades, and a second look that is the two scores. */
const cases: ReadCase[] = y.map((outcome, index) => ({
  number: index + 1,
  excluded: null,
  response: outcome === 1 ? 'PR' : 'SD',
  modelExcluded: null,
  model: p1[index] ?? 0,
  readings: {
    a: { first: reading(of5(r1[index] ?? 0), r1[index]), second: reading(p1[index] ?? 0) },
    b: { first: reading(of5(r2[index] ?? 0), r2[index]), second: reading(p2[index] ?? 0) },
  },
}));
const data: StudyData = { study: { readings: 2, threshold: 0.5 }, readers: [reader('a'), reader('b')], cases };

const both = ({ readings }: ReadCase) => {
  const first = readings.a?.first ?? reading(0.5);
  return { first, second: first };
};

const known = <T extends object>(found: T | undefined): Exclude<T, Problem> => {
  if (!found || isProblem(found)) throw new Error(`no figure: ${JSON.stringify(found)}`);
  return found as Exclude<T, Problem>;
};

describe('readers beside the model', () => {
  const figures = readerFigures(data);

  test('each is compared with it by DeLong, for all readers together by Holm', () => {
    const [a, b] = figures.readers;
    const [first, second] = [r1, r2].map((scores) => compareAucs(y, p1, scores));
    expect(known(a?.auc).auc).toBeCloseTo(aucWithInterval(y, r1).auc, 12);
    expect(known(a?.againstModel).p).toBeCloseTo(first?.p ?? Number.NaN, 12);
    expect(known(b?.againstModel).difference).toBeCloseTo(second?.difference ?? Number.NaN, 12);
    const least = Math.min(first?.p ?? 1, second?.p ?? 1);
    expect(Math.min(known(a?.againstModel).pHolm, known(b?.againstModel).pHolm)).toBeCloseTo(
      Math.min(1, 2 * least),
      12,
    );
  });

  test('with the model and without are compared over readers by Obuchowski and Rockette', () => {
    const study = readerStudy(y, [
      [p1, p2],
      [r1, r2],
    ]);
    const difference = known(figures.withModel).randomReaders.difference;
    expect(difference?.value).toBeCloseTo(study.randomReaders.difference?.value ?? Number.NaN, 12);
    expect(known(figures.withModel).randomReaders.p).toBeCloseTo(study.randomReaders.p, 12);
  });

  test('agreement of confidence is the quadratic κ of the vector, and of calls the plain one', () => {
    const [pair] = figures.agreement;
    expect(known(pair?.confidence).kappa).toBeCloseTo(0.87381703, 8);
    expect(known(pair?.confidence).standardError).toBeCloseTo(0.038819, 6);
    expect(pair?.cases).toBe(24);
    expect(known(pair?.calls).weights).toBe('unweighted');
  });

  test('changes of mind are held to the outcome', () => {
    const changes = figures.readers[0]?.changes;
    const calls = y.map((outcome, i) => ({
      was: of5(r1[i] ?? 0) >= 0.5 === (outcome === 1),
      is: (p1[i] ?? 0) >= 0.5 === (outcome === 1),
    }));
    expect(changes?.better).toBe(calls.filter(({ was, is }) => !was && is).length);
    expect(changes?.worse).toBe(calls.filter(({ was, is }) => was && !is).length);
    expect(changes?.cases).toBe(24);
  });

  test('time is a median with quartiles, and pauses are counted', () => {
    expect(figures.readers[0]?.seconds.first?.median).toBeCloseTo(60 * of5(2.5), 12);
    expect(figures.readers[0]?.pauses).toBe(48);
  });
});

describe('who and what is counted', () => {
  test('a reader who left or did not finish is in no figure, and is named', () => {
    const figures = readerFigures({
      ...data,
      readers: [reader('a'), { ...reader('b'), left: true }, { ...reader('c'), finished: false }],
    });
    expect(figures.readers.map(({ name }) => name)).toStrictEqual(['a']);
    expect(figures.brokenOff).toStrictEqual(['b', 'c']);
    expect(figures.agreement).toStrictEqual([]);
    expect(figures.withModel).toMatchObject({ reason: 'one-reader' });
  });

  test('a case without an outcome, one without a number, and one that not all read are left out with their reason', () => {
    const [first, second, third, ...rest] = cases;
    if (!first || !second || !third) throw new Error('there are three');
    const figures = readerFigures({
      ...data,
      cases: [
        { ...first, excluded: 'no-outcome', response: null },
        { ...second, modelExcluded: 'withheld', model: null },
        { ...third, readings: { a: third.readings.a ?? {} } },
        ...rest,
      ],
    });
    expect(figures).toMatchObject({ cases: 24, read: 23, evaluated: 22, compared: 21 });
    expect(figures.excluded).toStrictEqual([
      { reason: 'unread', count: 1 },
      { reason: 'no-outcome', count: 1 },
    ]);
    expect(figures.notCompared).toStrictEqual([{ reason: 'withheld', count: 1 }]);
    // The point on the curve of the model is of the patients of the curve.
    expect(known(figures.model.atThreshold).accuracy.of).toBe(21);
  });

  test('with one reading there is no second look to speak of', () => {
    const figures = readerFigures({ ...data, study: { readings: 1, threshold: 0.5 } });
    expect(figures.withModel).toBeUndefined();
    expect(figures.readers[0]).toMatchObject({ aucWithModel: undefined, changes: undefined, gain: undefined });
  });

  test.each([
    ['nobody finished', { ...data, readers: [] }],
    ['no case was read', { ...data, cases: [] }],
    ['no patient responded', { ...data, cases: cases.map((one) => ({ ...one, response: 'SD' as const })) }],
    [
      'both looks of all readers are the same',
      {
        ...data,
        cases: cases.map((one) => ({ ...one, readings: { a: both(one), b: both(one) } })),
      },
    ],
  ])('%s: a sentence, and no number that looks fine', (_what, given) => {
    // A curve begins and ends at infinity.
    const text = JSON.stringify(readerFigures(given), (key, value) => (key === 'roc' ? undefined : value));
    expect(text).not.toMatch(/null|NaN/);
    expect(text).toContain('problem');
  });
});
