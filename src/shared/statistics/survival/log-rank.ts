/** The log-rank test (Mantel): observed against expected events of groups over the same times. */
import { chiSquareUpper } from '../distributions.ts';
import { NotEstimable } from '../estimate.ts';
import { solve } from '../linear.ts';
import { type FollowUp, timeSteps } from './follow-up.ts';

export interface LogRank {
  readonly groups: readonly { readonly observed: number; readonly expected: number; readonly patients: number }[];
  /** Of the first group's observed minus expected. */
  readonly variance: number;
  readonly chiSquare: number;
  readonly df: number;
  readonly p: number;
}

/** How many of a group are still at risk, asked for in order of time. */
const riskCounter = (group: readonly FollowUp[]): ((time: number) => number) => {
  const times = group.map(({ time }) => time).sort((a, b) => a - b);
  let gone = 0;
  return (time) => {
    while (gone < times.length && (times[gone] ?? 0) < time) gone++;
    return times.length - gone;
  };
};

export const logRank = (groups: readonly (readonly FollowUp[])[]): LogRank => {
  if (groups.length < 2 || groups.some((group) => group.length === 0)) {
    throw new NotEstimable('The log-rank test needs at least two groups, and patients in each.', 'one-group');
  }
  const k = groups.length;
  const counters = groups.map(riskCounter);
  const expected = new Array<number>(k).fill(0);
  const variance = groups.map(() => new Array<number>(k).fill(0));
  for (const { time, atRisk, events } of timeSteps(groups.flat()).filter((step) => step.events > 0)) {
    const risk = counters.map((atRisk) => atRisk(time));
    const spread = atRisk > 1 ? (events * (atRisk - events)) / (atRisk - 1) : 0;
    for (const [i, inGroup] of risk.entries()) {
      expected[i] = (expected[i] ?? 0) + (events * inGroup) / atRisk;
      for (const [j, inOther] of risk.entries()) {
        const row = variance[i];
        if (row) row[j] = (row[j] ?? 0) + spread * (inGroup / atRisk) * ((i === j ? 1 : 0) - inOther / atRisk);
      }
    }
  }
  const observed = groups.map((group) => group.filter(({ event }) => event).length);
  if (observed.every((count) => count === 0))
    throw new NotEstimable('Nobody had the event: there is nothing to compare.', 'no-hazard');
  const excess = observed.map((count, i) => count - (expected[i] ?? 0)).slice(0, k - 1);
  const inner = variance.slice(0, k - 1).map((row) => row.slice(0, k - 1));
  const chiSquare = solve(inner, excess).reduce((sum, value, i) => sum + value * (excess[i] ?? 0), 0);
  return {
    groups: groups.map((group, i) => ({
      observed: observed[i] ?? 0,
      expected: expected[i] ?? 0,
      patients: group.length,
    })),
    variance: variance[0]?.[0] ?? 0,
    chiSquare,
    df: k - 1,
    p: chiSquareUpper(chiSquare, k - 1),
  };
};
