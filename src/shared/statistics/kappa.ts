/**
 * Cohen's κ of two readers on one ordered scale: unweighted, linear and quadratic, with the asymptotic standard error of Fleiss,
 * Cohen and Everitt (1969). A weight is 1 on the diagonal and falls with the distance of the categories.
 */
import { DEFAULT_LEVEL } from './distributions.ts';
import { type Interval, NotEstimable, waldInterval } from './estimate.ts';

export type KappaWeights = 'unweighted' | 'linear' | 'quadratic';

export interface Kappa {
  readonly weights: KappaWeights;
  readonly kappa: number;
  readonly standardError: number;
  readonly interval: Interval;
}

const weight = (weights: KappaWeights, a: number, b: number, last: number): number => {
  if (weights === 'unweighted') return a === b ? 1 : 0;
  const distance = Math.abs(a - b) / last;
  return 1 - (weights === 'linear' ? distance : distance ** 2);
};

/** Patients in each pair of categories. */
const countsOf = (first: readonly number[], second: readonly number[], categories: readonly number[]): number[][] => {
  const counts = categories.map(() => categories.map(() => 0));
  for (const [index, a] of first.entries()) {
    const row = counts[categories.indexOf(a)];
    const column = categories.indexOf(second[index] ?? Number.NaN);
    if (row === undefined || column < 0)
      throw new NotEstimable(`A reading of row ${index + 1} is on no step of the scale.`);
    row[column] = (row[column] ?? 0) + 1;
  }
  return counts;
};

/** @param categories the steps of the scale in their order; every reading is one of them. */
export const kappa = (
  first: readonly number[],
  second: readonly number[],
  categories: readonly number[],
  weights: KappaWeights = 'unweighted',
  level = DEFAULT_LEVEL,
): Kappa => {
  if (first.length === 0 || first.length !== second.length) {
    throw new NotEstimable('Agreement needs one reading of each reader for every patient.');
  }
  const counts = countsOf(first, second, categories);
  // Counted, since shares of a whole need not add up to one.
  if (counts.some((row, i) => row[i] === first.length))
    throw new NotEstimable(
      'Both readers gave the same single grade to all: agreement by chance is complete.',
      'one-grade',
    );
  const shares = counts.map((row) => row.map((count) => count / first.length));
  const rows = shares.map((row) => row.reduce((sum, share) => sum + share, 0));
  const columns = categories.map((_category, j) => shares.reduce((sum, row) => sum + (row[j] ?? 0), 0));
  const w = categories.map((_a, i) => categories.map((_b, j) => weight(weights, i, j, categories.length - 1)));
  const total = (of: (i: number, j: number) => number) =>
    categories.reduce((sum, _a, i) => sum + categories.reduce((inner, _b, j) => inner + of(i, j), 0), 0);
  const at = (table: readonly (readonly number[])[], i: number, j: number) => table[i]?.[j] ?? 0;
  const observed = total((i, j) => at(w, i, j) * at(shares, i, j));
  const expected = total((i, j) => at(w, i, j) * (rows[i] ?? 0) * (columns[j] ?? 0));
  const value = (observed - expected) / (1 - expected);
  const meanOfRow = categories.map((_a, i) =>
    categories.reduce((sum, _b, j) => sum + at(w, i, j) * (columns[j] ?? 0), 0),
  );
  const meanOfColumn = categories.map((_b, j) =>
    categories.reduce((sum, _a, i) => sum + at(w, i, j) * (rows[i] ?? 0), 0),
  );
  const spread =
    total(
      (i, j) => at(shares, i, j) * (at(w, i, j) - ((meanOfRow[i] ?? 0) + (meanOfColumn[j] ?? 0)) * (1 - value)) ** 2,
    ) -
    (value - expected * (1 - value)) ** 2;
  const standardError = Math.sqrt(Math.max(0, spread) / first.length) / (1 - expected);
  return { weights, kappa: value, standardError, interval: waldInterval(value, standardError, level) };
};
