/**
 * Several readers by several tests on the same patients (Obuchowski and Rockette 1995, with the degrees of freedom of Hillis
 * 2007): whether tests differ for readers and patients in general, for these readers, or for these patients.
 */
import { deLongCovariances } from './auc.ts';
import { chiSquareUpper, DEFAULT_LEVEL, fUpper, normalQuantile, tQuantile } from './distributions.ts';
import { type Interval, mean, NotEstimable } from './estimate.ts';

/** Means over pairs of figures: same reader and test; other test; other reader; both other. */
export interface ErrorCovariances {
  readonly variance: number;
  readonly otherTest: number;
  readonly otherReader: number;
  readonly bothOther: number;
}

export interface ReaderStudy {
  readonly meanOfTest: readonly number[];
  readonly meanSquares: { readonly tests: number; readonly readers: number; readonly interaction: number };
  /** Readers and patients both stand for others. */
  readonly randomReaders: {
    readonly f: number;
    readonly df1: number;
    readonly df2: number;
    readonly p: number;
    /** First test minus second, with its interval; undefined for more than two tests. */
    readonly difference:
      | { readonly value: number; readonly standardError: number; readonly interval: Interval }
      | undefined;
  };
  /** These readers only. */
  readonly fixedReaders: { readonly chiSquare: number; readonly df: number; readonly p: number };
  /** These patients only. */
  readonly fixedPatients: { readonly f: number; readonly df1: number; readonly df2: number; readonly p: number };
}

const squares = (values: readonly number[]): number => {
  const centre = mean(values);
  return values.reduce((total, value) => total + (value - centre) ** 2, 0);
};

const meanSquares = (figures: readonly (readonly number[])[], readers: number) => {
  const tests = figures.length;
  const ofTest = figures.map(mean);
  const ofReader = Array.from({ length: readers }, (_none, reader) => mean(figures.map((row) => row[reader] ?? 0)));
  const centre = mean(ofTest);
  const interaction = figures.reduce(
    (total, row, test) =>
      total +
      row.reduce(
        (sum, value, reader) => sum + (value - (ofTest[test] ?? 0) - (ofReader[reader] ?? 0) + centre) ** 2,
        0,
      ),
    0,
  );
  return {
    ofTest,
    tests: (readers * squares(ofTest)) / (tests - 1),
    readers: (tests * squares(ofReader)) / (readers - 1),
    interaction: interaction / ((tests - 1) * (readers - 1)),
  };
};

const tooFew = () =>
  new NotEstimable(
    'A reader study compares at least two tests, each read by the same two readers or more.',
    'one-reader',
  );

/** What rounding leaves of none. */
const NO_VARIANCE = 1e-15;

/** Where readers differ in nothing but their patients there is no limit to the degrees of freedom: the t is a normal distribution. */
const quantileOf = (p: number, df: number): number =>
  df === Number.POSITIVE_INFINITY ? normalQuantile(p) : tQuantile(p, df);
const upperTail = (f: number, df1: number, df2: number): number =>
  df2 === Number.POSITIVE_INFINITY ? chiSquareUpper(f * df1, df1) : fUpper(f, df1, df2);

/** @param figures one row for each test, one figure (AUC) for each reader. */
export const obuchowskiRockette = (
  figures: readonly (readonly number[])[],
  errors: ErrorCovariances,
  level = DEFAULT_LEVEL,
): ReaderStudy => {
  const [t, r] = [figures.length, figures[0]?.length ?? 0];
  if (t < 2 || r < 2 || figures.some((row) => row.length !== r)) {
    throw tooFew();
  }
  const { ofTest, ...squared } = meanSquares(figures, r);
  const between = Math.max(errors.otherReader - errors.bothOther, 0);
  const denominator = squared.interaction + r * between;
  if (!(denominator > NO_VARIANCE)) {
    throw new NotEstimable(
      'The tests differ by the same for every reader, and readers do not vary: the difference has no variance, and no test.',
      'alike',
    );
  }
  const interaction = squared.interaction > NO_VARIANCE ? squared.interaction : 0;
  const df2 = denominator ** 2 / (interaction ** 2 / ((t - 1) * (r - 1)));
  const standardError = Math.sqrt((2 * denominator) / r);
  const value = (ofTest[0] ?? 0) - (ofTest[1] ?? 0);
  const half = quantileOf((1 + level) / 2, df2) * standardError;
  const f = squared.tests / denominator;
  const chiSquare = ((t - 1) * squared.tests) / (errors.variance - errors.otherTest + (r - 1) * between);
  const fPatients = squared.tests / squared.interaction;
  const dfPatients = (t - 1) * (r - 1);
  return {
    meanOfTest: ofTest,
    meanSquares: squared,
    randomReaders: {
      f,
      df1: t - 1,
      df2,
      p: upperTail(f, t - 1, df2),
      difference: t === 2 ? { value, standardError, interval: { low: value - half, high: value + half } } : undefined,
    },
    fixedReaders: { chiSquare, df: t - 1, p: chiSquareUpper(chiSquare, t - 1) },
    fixedPatients: { f: fPatients, df1: t - 1, df2: dfPatients, p: fUpper(fPatients, t - 1, dfPatients) },
  };
};

/**
 * The same from readings: AUCs with DeLong's covariances.
 * @param scores by test, then reader: one score for each patient.
 */
export const readerStudy = (
  outcomes: readonly number[],
  scores: readonly (readonly (readonly number[])[])[],
  level = DEFAULT_LEVEL,
): ReaderStudy => {
  const cells = scores.flatMap((readers, test) => readers.map((values, reader) => ({ test, reader, values })));
  const { aucs, covariances } = deLongCovariances(
    outcomes,
    cells.map(({ values }) => values),
  );
  const over = (sameTest: boolean, sameReader: boolean): number =>
    mean(
      cells.flatMap((a, i) =>
        cells.flatMap((b, j) =>
          (a.test === b.test) === sameTest && (a.reader === b.reader) === sameReader ? [covariances[i]?.[j] ?? 0] : [],
        ),
      ),
    );
  const figures = scores.map((readers, test) =>
    readers.map(
      (_values, reader) => aucs[cells.findIndex((cell) => cell.test === test && cell.reader === reader)] ?? 0,
    ),
  );
  if (figures.length < 2 || (figures[0]?.length ?? 0) < 2) {
    throw tooFew();
  }
  return obuchowskiRockette(
    figures,
    {
      variance: over(true, true),
      otherTest: over(false, true),
      otherReader: over(true, false),
      bothOther: over(false, false),
    },
    level,
  );
};
