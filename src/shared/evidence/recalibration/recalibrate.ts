/**
 * Local recalibration of a model on this hospital's outcomes: an intercept, or an intercept and a slope, on the log-odds. How
 * far it may go is decided by the closed test (Vergouwe 2017) and by how many outcomes there are, and it is offered only where it
 * is better than the original on patients that it was not fitted on, in the order of their dates. Pure.
 */
import { byDate } from '../../by-date.ts';
import { closedTest } from '../../statistics/calibration.ts';
import { NotEstimable, sum } from '../../statistics/estimate.ts';
import { logit, sigmoid } from '../../statistics/log-odds.ts';
import { fitLogistic } from '../../statistics/logistic.ts';
import { attempt, isProblem, type Problem } from '../../statistics/validation.ts';

/** One patient: what was predicted, what came of it, and when. */
export interface DatedOutcome {
  /** ISO 8601 day. */
  readonly date: string;
  readonly probability: number;
  readonly outcome: 0 | 1;
}

/**
 * Patients with and without response each. A slope needs what an external validation is said to need at least (Collins 2016:
 * 100 and 100); for an intercept alone, which is one number, a quarter of it: this program's own choice.
 */
export const SIZES = { intercept: 25, slope: 100 } as const;

export type RecalibrationKind = 'intercept' | 'intercept-and-slope';

/** logit p′ = intercept + slope · logit p. */
export interface Line {
  readonly intercept: number;
  readonly slope: number;
}

/** A line in force, and the day of the last patient that it was fitted on; the original was fitted on none of these. */
export interface FittedLine extends Line {
  readonly last?: string | undefined;
}

export const ORIGINAL: Line = { intercept: 0, slope: 1 };

export const recalibrated = (probability: number, { intercept, slope }: Line): number =>
  probability <= 0 || probability >= 1 ? probability : sigmoid(intercept + slope * logit(probability));

const columns = (patients: readonly DatedOutcome[]) => ({
  outcomes: patients.map(({ outcome }) => outcome),
  scores: patients.map(({ probability }) => probability),
});

const fewest = (patients: readonly DatedOutcome[]): number => {
  const events = patients.filter(({ outcome }) => outcome === 1).length;
  return Math.min(events, patients.length - events);
};

/** What the sizes allow, whatever the data say. */
export const allowedKind = (patients: readonly DatedOutcome[]): RecalibrationKind | undefined => {
  const least = fewest(patients);
  if (least < SIZES.intercept) return undefined;
  return least < SIZES.slope ? 'intercept' : 'intercept-and-slope';
};

const fitLine = (patients: readonly DatedOutcome[], kind: RecalibrationKind): Line => {
  const { outcomes, scores } = columns(patients);
  const lp = scores.map(logit);
  if (kind === 'intercept') return { intercept: fitLogistic(outcomes, { offset: lp }).intercept, slope: 1 };
  const { intercept, slope = 1 } = fitLogistic(outcomes, { term: lp });
  return { intercept, slope };
};

/** By the closed test, and no further than the sizes allow. Undefined: the original stays. */
export const chosenKind = (patients: readonly DatedOutcome[]): RecalibrationKind | undefined => {
  const allowed = allowedKind(patients);
  if (!allowed) return undefined;
  const { outcomes, scores } = columns(patients);
  const test = closedTest(outcomes, scores);
  if (allowed === 'intercept-and-slope') {
    if (test.chosen === 'original') return undefined;
    return test.chosen === 'intercept' ? 'intercept' : 'intercept-and-slope';
  }
  // Without the sizes for a slope only the intercept is asked about.
  return test.interceptAgainstOriginal.p < ALPHA ? 'intercept' : undefined;
};

const ALPHA = 0.05;

/** Mean log score of a patient, −log of the probability given to what happened; less is better. */
export const logScore = (patients: readonly DatedOutcome[], line: Line): number =>
  -sum(
    patients.map(({ probability, outcome }) => {
      const p = recalibrated(probability, line);
      return Math.log(outcome === 1 ? p : 1 - p);
    }),
  ) / patients.length;

/** Parts of the patients in the order of their dates; each but the first is judged by what was fitted on those before it. */
const FOLDS = 5;

/** A line is fitted from the patients of before, and judged on those that came after: as it would have been used. */
export interface CrossFit {
  readonly patients: number;
  readonly original: number;
  readonly recalibrated: number;
}

export const crossFit = (patients: readonly DatedOutcome[], kind: RecalibrationKind): CrossFit => {
  const ordered = byDate(patients);
  const bounds = Array.from({ length: FOLDS + 1 }, (_none, fold) => Math.round((fold * ordered.length) / FOLDS));
  let [original, after, judged] = [0, 0, 0];
  for (let fold = 1; fold < FOLDS; fold++) {
    const before = ordered.slice(0, bounds[fold]);
    const next = ordered.slice(bounds[fold], bounds[fold + 1]);
    const line = attempt(() => fitLine(before, kind));
    original += next.length * logScore(next, ORIGINAL);
    after += next.length * logScore(next, isProblem(line) ? ORIGINAL : line);
    judged += next.length;
  }
  return { patients: judged, original: original / judged, recalibrated: after / judged };
};

export interface Recalibration extends Line {
  readonly kind: RecalibrationKind;
  readonly patients: number;
  readonly events: number;
  /** Days of the first and the last patient. */
  readonly from: string;
  readonly to: string;
  /** Mean log score on patients that came after those it was fitted on. */
  readonly crossFit: CrossFit;
}

/** Why the original stays. */
export type NoRecalibration =
  | { readonly why: 'too-few'; readonly fewest: number; readonly needed: number }
  | { readonly why: 'not-needed' }
  | { readonly why: 'no-better'; readonly crossFit: CrossFit }
  /** Whom the model calls likelier to respond responds less often here: no line makes a model of that. */
  | { readonly why: 'backwards' }
  | ({ readonly why: 'not-estimable' } & Problem);

const checked = (patients: readonly DatedOutcome[]): void => {
  const wrong = patients.find(({ probability }) => !(probability > 0 && probability < 1));
  if (wrong) throw new NotEstimable('A recalibration needs probabilities between 0 and 1.', 'no-probability');
};

const propose = (patients: readonly DatedOutcome[]): Recalibration | NoRecalibration => {
  checked(patients);
  const least = fewest(patients);
  if (least < SIZES.intercept) return { why: 'too-few', fewest: least, needed: SIZES.intercept };
  const kind = chosenKind(patients);
  if (!kind) return { why: 'not-needed' };
  const judged = crossFit(patients, kind);
  if (!(judged.recalibrated < judged.original)) return { why: 'no-better', crossFit: judged };
  const ordered = byDate(patients);
  const line = fitLine(patients, kind);
  if (!(line.slope > 0)) return { why: 'backwards' };
  return {
    kind,
    ...line,
    patients: patients.length,
    events: patients.filter(({ outcome }) => outcome === 1).length,
    from: ordered[0]?.date ?? '',
    to: ordered.at(-1)?.date ?? '',
    crossFit: judged,
  };
};

/** A recalibration that the data ask for and the sizes allow, or why there is none. */
export const proposeRecalibration = (patients: readonly DatedOutcome[]): Recalibration | NoRecalibration => {
  const found = attempt(() => propose(patients));
  return 'problem' in found ? { why: 'not-estimable', ...found } : found;
};

export const isRecalibration = (found: Recalibration | NoRecalibration): found is Recalibration => 'kind' in found;
