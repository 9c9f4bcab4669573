/** The data sets of test/fixtures/statistics/reference.R, number for number. */

const stream = (seed: number) => {
  let x = seed;
  return (): number => {
    x = (x * 16_807) % 2_147_483_647;
    return x / 2_147_483_647;
  };
};

export interface DataSet {
  y: number[];
  p: number[];
  q: number[];
  time: number[];
  status: number[];
}

/** Ties, few events, noise and strong scores, by the number of the set from 1. */
export const dataSet = (number: number): DataSet => {
  const u = stream(7_919 * number);
  const n = 16 + Math.floor(u() * 80);
  const kind = number % 5;
  const data: DataSet = { y: [], p: [], q: [], time: [], status: [] };
  // Half to even, as R rounds.
  const toTenths = (value: number) => {
    const [scaled] = [value * 9 + 0.5];
    const floor = Math.floor(scaled);
    const up = scaled - floor > 0.5 || (scaled - floor === 0.5 && floor % 2 === 1);
    return (up ? floor + 1 : floor) / 10;
  };
  for (let k = 0; k < n; k++) {
    let p = 0.02 + 0.96 * u();
    let q = 0.02 + 0.96 * (0.5 * p + 0.5 * u());
    if (kind === 1) [p, q] = [toTenths(p), toTenths(q)];
    const truth = kind === 2 ? p ** 3 : kind === 3 ? 0.4 : p;
    data.y.push(u() < truth ? 1 : 0);
    data.p.push(p);
    data.q.push(q);
    const base = Math.ceil(24 * u() * (1.2 - p));
    data.time.push(base + (kind === 1 ? 0 : Math.floor(u() * 3) / 4));
    data.status.push(u() < 0.7 ? 1 : 0);
  }
  return data;
};
