/** Harrell's concordance: among pairs whose order is known, how often the higher score fails first; equal scores count half. */
import { NotEstimable } from '../estimate.ts';
import type { FollowUp } from './follow-up.ts';

/** How many scores were added below a rank, by a tree of partial sums: 100,000 patients stay a matter of a second. */
class RankCounts {
  readonly #sums: number[];
  total = 0;

  constructor(ranks: number) {
    this.#sums = new Array<number>(ranks + 1).fill(0);
  }

  add(rank: number): void {
    this.total++;
    for (let at = rank + 1; at < this.#sums.length; at += at & -at) this.#sums[at] = (this.#sums[at] ?? 0) + 1;
  }

  /** Scores with a rank below this one. */
  below(rank: number): number {
    let count = 0;
    for (let at = rank; at > 0; at -= at & -at) count += this.#sums[at] ?? 0;
    return count;
  }
}

interface Ranked extends FollowUp {
  readonly rank: number;
}

const ranked = (patients: readonly FollowUp[], scores: readonly number[]): { all: Ranked[]; ranks: number } => {
  const distinct = [...new Set(scores)].sort((a, b) => a - b);
  const rankOf = new Map(distinct.map((score, rank) => [score, rank]));
  const all = patients.map((patient, index) => ({ ...patient, rank: rankOf.get(scores[index] ?? 0) ?? 0 }));
  return { all, ranks: distinct.length };
};

/** A pair is known where the shorter time is an event, or where one of two equal times is. */
export const concordance = (patients: readonly FollowUp[], scores: readonly number[]): number => {
  const { all, ranks } = ranked(patients, scores);
  const later = new RankCounts(ranks);
  let [pairs, agreeing] = [0, 0];
  for (const [, atTime] of [...Map.groupBy(all, ({ time }) => time)].sort(([a], [b]) => b - a)) {
    // Who is last seen at a time outlives an event at it.
    for (const { rank } of atTime.filter(({ event }) => !event)) later.add(rank);
    const failed = atTime.filter(({ event }) => event);
    for (const { rank } of failed) {
      const below = later.below(rank);
      pairs += later.total;
      agreeing += below + (later.below(rank + 1) - below) / 2;
    }
    for (const { rank } of failed) later.add(rank);
  }
  if (pairs === 0) {
    throw new NotEstimable(
      'No two patients can be put in order: nobody had the event before another was last seen.',
      'no-order',
    );
  }
  return agreeing / pairs;
};
