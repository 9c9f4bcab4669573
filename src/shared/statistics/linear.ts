/** Small systems of linear equations. */
import { NotEstimable } from './estimate.ts';

const singular = () =>
  new NotEstimable(
    'The variables repeat each other or do not vary, so their effects cannot be told apart.',
    'not-varying',
  );

/** x of A·x = b, by elimination with pivots. Throws `NotEstimable` where A is singular. */
export const solve = (a: readonly (readonly number[])[], b: readonly number[]): number[] => {
  const rows = a.map((row, i) => [...row, b[i] ?? 0]);
  const n = rows.length;
  const scale = Math.max(0, ...a.flat().map(Math.abs));
  for (let column = 0; column < n; column++) {
    const size = (row: number) => Math.abs(rows[row]?.[column] ?? 0);
    let pivot = column;
    for (let row = column + 1; row < n; row++) if (size(row) > size(pivot)) pivot = row;
    const [top, other] = [rows[pivot], rows[column]];
    if (!top || !other || !(size(pivot) > 1e-13 * scale)) throw singular();
    rows[column] = top;
    rows[pivot] = pivot === column ? top : other;
    for (let row = column + 1; row < n; row++) {
      const below = rows[row];
      if (!below) continue;
      const factor = (below[column] ?? 0) / (top[column] ?? 1);
      for (let k = column; k <= n; k++) below[k] = (below[k] ?? 0) - factor * (top[k] ?? 0);
    }
  }
  const x = new Array<number>(n).fill(0);
  for (let row = n - 1; row >= 0; row--) {
    const line = rows[row] ?? [];
    let rest = line[n] ?? 0;
    for (let k = row + 1; k < n; k++) rest -= (line[k] ?? 0) * (x[k] ?? 0);
    x[row] = rest / (line[row] ?? 1);
  }
  return x;
};

/** Inverse of a small matrix, column by column. */
export const inverse = (a: readonly (readonly number[])[]): number[][] => {
  const columns = a.map((_row, j) =>
    solve(
      a,
      a.map((_other, i) => (i === j ? 1 : 0)),
    ),
  );
  return a.map((_row, i) => columns.map((column) => column[i] ?? 0));
};
