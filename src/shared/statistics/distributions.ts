/** The distributions that intervals and tests rest on, from a kept library; the tests hold them to R within 1e-7. */
import library from 'jstat';

const { normal, chisquare, beta, centralF, studentt } = library.jStat;

/** Two-sided, by default 95 %. */
export const DEFAULT_LEVEL = 0.95;

export const normalQuantile = (p: number): number => normal.inv(p, 0, 1);

/** P(|Z| ≥ |z|). */
export const normalTwoSided = (z: number): number => 2 * normal.cdf(-Math.abs(z), 0, 1);

export const chiSquareUpper = (x: number, df: number): number => (x <= 0 ? 1 : 1 - chisquare.cdf(x, df));

export const betaQuantile = (p: number, a: number, b: number): number => beta.inv(p, a, b);

export const fUpper = (x: number, df1: number, df2: number): number => (x <= 0 ? 1 : 1 - centralF.cdf(x, df1, df2));

export const tQuantile = (p: number, df: number): number => studentt.inv(p, df);
