/**
 * Cleveland's LOWESS (1979) without robustness rounds: at each point a straight line through the nearest share of points,
 * weighted by the tricube of their distance. Neighbours closer than `delta` are interpolated, as in R's stats::lowess.
 */

const lineAt = (
  x: readonly number[],
  y: readonly number[],
  at: number,
  left: number,
  right: number,
  range: number,
  weights: Float64Array,
): number | undefined => {
  const h = Math.max(at - (x[left] ?? 0), (x[right] ?? 0) - at);
  const [far, near] = [0.999 * h, 0.001 * h];
  let [end, total] = [left, 0];
  for (let j = left; j < x.length; j++) {
    const r = Math.abs((x[j] ?? 0) - at);
    let w = 0;
    if (r <= far) {
      w = r <= near ? 1 : (1 - (r / h) ** 3) ** 3;
      total += w;
    } else if ((x[j] ?? 0) > at) break;
    weights[j] = w;
    end = j + 1;
  }
  if (total <= 0) return undefined;
  for (let j = left; j < end; j++) weights[j] = (weights[j] ?? 0) / total;
  if (h > 0) {
    let a = 0;
    for (let j = left; j < end; j++) a += (weights[j] ?? 0) * (x[j] ?? 0);
    const b = at - a;
    let c = 0;
    for (let j = left; j < end; j++) c += (weights[j] ?? 0) * ((x[j] ?? 0) - a) ** 2;
    if (Math.sqrt(c) > 0.001 * range) {
      for (let j = left; j < end; j++) weights[j] = (weights[j] ?? 0) * ((b / c) * ((x[j] ?? 0) - a) + 1);
    }
  }
  let fitted = 0;
  for (let j = left; j < end; j++) fitted += (weights[j] ?? 0) * (y[j] ?? 0);
  return fitted;
};

/** @param x ascending. Returns a fitted value for each. */
export const lowess = (x: readonly number[], y: readonly number[], share = 2 / 3): number[] => {
  const n = x.length;
  if (n < 2) return [...y];
  const range = (x[n - 1] ?? 0) - (x[0] ?? 0);
  const delta = 0.01 * range;
  const window = Math.max(2, Math.min(n, Math.floor(share * n + 1e-7)));
  const fitted = new Array<number>(n).fill(0);
  const weights = new Float64Array(n);
  let [left, right, last, i] = [0, window - 1, -1, 0];
  while (true) {
    while (right < n - 1 && (x[i] ?? 0) - (x[left] ?? 0) > (x[right + 1] ?? 0) - (x[i] ?? 0)) {
      left++;
      right++;
    }
    fitted[i] = lineAt(x, y, x[i] ?? 0, left, right, range, weights) ?? y[i] ?? 0;
    if (last < i - 1) {
      const [from, to] = [x[last] ?? 0, x[i] ?? 0];
      for (let j = last + 1; j < i; j++) {
        const alpha = ((x[j] ?? 0) - from) / (to - from);
        fitted[j] = alpha * (fitted[i] ?? 0) + (1 - alpha) * (fitted[last] ?? 0);
      }
    }
    last = i;
    const cut = (x[last] ?? 0) + delta;
    for (i = last + 1; i < n; i++) {
      if ((x[i] ?? 0) > cut) break;
      if (x[i] === x[last]) {
        fitted[i] = fitted[last] ?? 0;
        last = i;
      }
    }
    i = Math.max(last + 1, i - 1);
    if (last >= n - 1) return fitted;
  }
};
