/** The ROC curve, and what a threshold does. Positive is a score at or above the threshold. */
import { DEFAULT_LEVEL } from './distributions.ts';
import { type Proportion, proportion } from './proportion.ts';
import { type Scored, scored } from './scored.ts';

export interface RocPoint {
  /** Half way between two neighbouring scores; −∞ and ∞ at the ends. */
  readonly threshold: number;
  readonly sensitivity: number;
  readonly specificity: number;
}

/** From the lowest threshold to the highest; equal scores are one step. */
export const rocCurve = (outcomes: readonly number[], scores: readonly number[]): RocPoint[] => {
  const data = scored(outcomes, scores);
  const order = [...scores.keys()].sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  const points: RocPoint[] = [{ threshold: Number.NEGATIVE_INFINITY, sensitivity: 1, specificity: 0 }];
  let [below, eventsBelow] = [0, 0];
  for (const [place, index] of order.entries()) {
    below++;
    eventsBelow += outcomes[index] ?? 0;
    const [here, next] = [scores[index] ?? 0, scores[order[place + 1] ?? -1]];
    if (next === here) continue;
    points.push({
      threshold: next === undefined ? Number.POSITIVE_INFINITY : (here + next) / 2,
      sensitivity: (data.events - eventsBelow) / data.events,
      specificity: (below - eventsBelow) / data.nonEvents,
    });
  }
  return points;
};

/** Every threshold at which sensitivity + specificity is largest: ties are named, none is chosen. */
export const youden = (outcomes: readonly number[], scores: readonly number[]): RocPoint[] => {
  const { events, nonEvents } = scored(outcomes, scores);
  const points = rocCurve(outcomes, scores);
  // Compared as whole counts, or ties would hang on the last digit of a float.
  const index = ({ sensitivity, specificity }: RocPoint) =>
    Math.round(sensitivity * events) * nonEvents + Math.round(specificity * nonEvents) * events;
  const best = Math.max(...points.map(index));
  return points.filter((point) => index(point) === best);
};

export interface ThresholdFigures {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  readonly sensitivity: Proportion;
  readonly specificity: Proportion;
  /** Undefined where nobody is positive. */
  readonly ppv: Proportion | undefined;
  /** Undefined where nobody is negative. */
  readonly npv: Proportion | undefined;
  readonly accuracy: Proportion;
}

const counts = ({ outcomes, scores }: Scored, threshold: number) => {
  const count = (outcome: number, positive: boolean) =>
    scores.filter((score, index) => outcomes[index] === outcome && score >= threshold === positive).length;
  return {
    truePositives: count(1, true),
    falsePositives: count(0, true),
    trueNegatives: count(0, false),
    falseNegatives: count(1, false),
  };
};

export const atThreshold = (
  outcomes: readonly number[],
  scores: readonly number[],
  threshold: number,
  level = DEFAULT_LEVEL,
): ThresholdFigures => {
  const data = scored(outcomes, scores);
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = counts(data, threshold);
  const share = (count: number, of: number) => (of > 0 ? proportion(count, of, level) : undefined);
  return {
    threshold,
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    sensitivity: proportion(truePositives, data.events, level),
    specificity: proportion(trueNegatives, data.nonEvents, level),
    ppv: share(truePositives, truePositives + falsePositives),
    npv: share(trueNegatives, trueNegatives + falseNegatives),
    accuracy: proportion(truePositives + trueNegatives, outcomes.length, level),
  };
};
