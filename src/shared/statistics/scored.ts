/** Patients with an outcome (1 is the event) and a score each: what discrimination and calibration start from. */
import { NotEstimable } from './estimate.ts';

export interface Scored {
  readonly outcomes: readonly number[];
  readonly scores: readonly number[];
  readonly events: number;
  readonly nonEvents: number;
}

const checkLengths = (outcomes: readonly number[], scores: readonly number[]): void => {
  if (outcomes.length !== scores.length) {
    throw new NotEstimable(
      `There are ${outcomes.length} outcomes and ${scores.length} scores; each patient needs both.`,
    );
  }
  if (outcomes.length === 0) throw new NotEstimable('There is no patient with an outcome and a score.', 'nobody');
};

const checkOutcomes = (outcomes: readonly number[]): void => {
  const wrong = outcomes.findIndex((outcome) => outcome !== 0 && outcome !== 1);
  if (wrong >= 0) throw new NotEstimable(`An outcome is 0 or 1, not ${outcomes[wrong]} (row ${wrong + 1}).`);
};

const checkNumbers = (scores: readonly number[]): void => {
  const wrong = scores.findIndex((score) => !Number.isFinite(score));
  if (wrong >= 0) throw new NotEstimable(`The score of row ${wrong + 1} is no number (${scores[wrong]}).`);
};

/** Throws `NotEstimable` where a figure would mean nothing: unequal lengths, no number, one class only. */
export const scored = (outcomes: readonly number[], scores: readonly number[]): Scored => {
  checkLengths(outcomes, scores);
  checkOutcomes(outcomes);
  checkNumbers(scores);
  const events = outcomes.filter((outcome) => outcome === 1).length;
  const nonEvents = outcomes.length - events;
  if (events === 0) throw new NotEstimable('No patient had the event, so nothing can be told apart.', 'no-event');
  if (nonEvents === 0)
    throw new NotEstimable('Every patient had the event, so nothing can be told apart.', 'only-events');
  return { outcomes, scores, events, nonEvents };
};

/** Scores that are probabilities strictly between 0 and 1, as a logit needs them. */
export const probabilities = (outcomes: readonly number[], scores: readonly number[]): Scored => {
  const data = scored(outcomes, scores);
  const wrong = scores.findIndex((score) => !(score > 0 && score < 1));
  if (wrong >= 0) {
    throw new NotEstimable(
      `Calibration needs probabilities between 0 and 1; row ${wrong + 1} has ${scores[wrong]}.`,
      'no-probability',
    );
  }
  return data;
};

export const scoresOf = ({ outcomes, scores }: Scored, outcome: 0 | 1): number[] =>
  scores.filter((_score, index) => outcomes[index] === outcome);
