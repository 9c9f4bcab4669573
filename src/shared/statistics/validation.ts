/** Every figure of an external validation over one table: how `haicast validate` and the page of evidence answer. */
import { type AucComparison, type AucEstimate, aucWithInterval, compareAucs } from './auc.ts';
import {
  brier,
  type ClosedTest,
  type Coefficient,
  calibrationInTheLarge,
  calibrationSlope,
  closedTest,
  type ObservedExpected,
  observedExpected,
} from './calibration.ts';
import { decisionCurve, type NetBenefit } from './decision-curve.ts';
import { NotEstimable, type NotEstimableReason } from './estimate.ts';
import { holm } from './holm.ts';
import { atThreshold, type RocPoint, rocCurve, type ThresholdFigures, youden } from './roc.ts';
import { type SmoothedCalibration, smoothedCalibration } from './smoothed-calibration.ts';
import { concordance } from './survival/concordance.ts';
import { type CoxFit, cox } from './survival/cox.ts';
import { type FollowUp, followUps } from './survival/follow-up.ts';
import { kaplanMeier, type SurvivalPoint, type SurvivalQuantile, survivalQuantile } from './survival/kaplan-meier.ts';
import { type LogRank, logRank } from './survival/log-rank.ts';
import { type ProportionalTest, proportionalHazards } from './survival/proportional-hazards.ts';

/** Why there is no figure, in a sentence. */
export interface Problem {
  readonly problem: string;
  /** For the words of another language, with what they name. */
  readonly reason?: NotEstimableReason;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A figure, or why there is none. Anything but `not-estimable` is a fault and thrown on. */
export const attempt = <T>(compute: () => T): T | Problem => {
  try {
    return compute();
  } catch (error) {
    if (error instanceof NotEstimable) {
      const { message: problem, reason, named } = error;
      return { problem, ...(reason ? { reason } : {}), ...(named ? { params: named } : {}) };
    }
    throw error;
  }
};

export const isProblem = <T extends object>(answer: T | Problem): answer is Problem => 'problem' in answer;

export interface NamedScore {
  readonly name: string;
  readonly values: readonly number[];
}

export interface ValidationInput {
  readonly outcomes: readonly number[];
  readonly score: NamedScore;
  /** Other scores of the same patients. */
  readonly compare: readonly NamedScore[];
  readonly threshold: number;
  readonly survival?: { readonly times: readonly number[]; readonly events: readonly number[] } | undefined;
}

export interface Comparison {
  readonly score: string;
  readonly auc: AucEstimate | Problem;
  /** The score that is validated, minus this one. */
  readonly test: (AucComparison & { readonly pHolm: number }) | Problem;
}

/** Survival of the patients at or above the threshold, and of those below. */
export interface SurvivalByThreshold {
  readonly above: readonly SurvivalPoint[];
  readonly below: readonly SurvivalPoint[];
  readonly logRank: LogRank;
}

export interface SurvivalFigures {
  readonly patients: number;
  readonly events: number;
  readonly curve: readonly SurvivalPoint[];
  readonly median: { readonly log: SurvivalQuantile; readonly logLog: SurvivalQuantile };
  readonly byThreshold: SurvivalByThreshold | Problem;
  /** Hazard per unit of the score, ties by Efron. */
  readonly cox: CoxFit | Problem;
  /** Whether the hazard of the score stays proportional over time (score test, as R's `cox.zph`). */
  readonly proportional: ProportionalTest | Problem;
  /** Of a higher score with an earlier event. */
  readonly concordance: number | Problem;
}

export interface Validation {
  readonly patients: number;
  readonly events: number;
  readonly auc: AucEstimate | Problem;
  /** From everybody positive to nobody. */
  readonly roc: readonly RocPoint[] | Problem;
  readonly youden: readonly RocPoint[] | Problem;
  readonly threshold: ThresholdFigures | Problem;
  readonly calibration: {
    readonly inTheLarge: Coefficient | Problem;
    readonly slope: { readonly slope: Coefficient; readonly intercept: Coefficient } | Problem;
    readonly observedExpected: ObservedExpected | Problem;
    readonly brier: { readonly brier: number; readonly scaled: number } | Problem;
    /** By two smoothers: the figures depend on it. */
    readonly smoothed: SmoothedCalibration | Problem;
    /** Undefined where it was not asked for. */
    readonly smoothedByLoess: SmoothedCalibration | Problem | undefined;
    readonly closedTest: ClosedTest | Problem;
  };
  readonly decisionCurve: readonly NetBenefit[] | Problem;
  readonly comparisons: readonly Comparison[];
  readonly survival: SurvivalFigures | Problem | undefined;
}

const CURVE_THRESHOLDS = Array.from({ length: 19 }, (_none, index) => (index + 1) / 20);

const comparisonsOf = ({ outcomes, score, compare }: ValidationInput): Comparison[] => {
  const tests = compare.map(({ values }) => attempt(() => compareAucs(outcomes, score.values, values)));
  const adjusted = holm(tests.flatMap((test) => (isProblem(test) ? [] : [test.p])));
  let next = 0;
  return compare.map(({ name, values }, index) => {
    const test = tests[index] ?? { problem: 'There is no comparison.' };
    return {
      score: name,
      auc: attempt(() => aucWithInterval(outcomes, values)),
      test: isProblem(test) ? test : { ...test, pHolm: adjusted[next++] ?? test.p },
    };
  });
};

const byThreshold = (patients: readonly FollowUp[], score: NamedScore, threshold: number): SurvivalByThreshold => {
  const side = (positive: boolean) =>
    patients.filter((_patient, index) => (score.values[index] ?? 0) >= threshold === positive);
  const [above, below] = [side(true), side(false)];
  return { above: kaplanMeier(above), below: kaplanMeier(below), logRank: logRank([above, below]) };
};

export const survivalFigures = (
  score: NamedScore,
  threshold: number,
  { times, events }: NonNullable<ValidationInput['survival']>,
): SurvivalFigures => {
  const patients = followUps(times, events);
  const withScore = patients.map((patient, index) => ({ ...patient, x: [score.values[index] ?? 0] }));
  const curve = kaplanMeier(patients);
  return {
    patients: patients.length,
    events: patients.filter(({ event }) => event).length,
    curve,
    median: { log: survivalQuantile(curve), logLog: survivalQuantile(kaplanMeier(patients, 'log-log')) },
    byThreshold: attempt(() => byThreshold(patients, score, threshold)),
    cox: attempt(() => cox(withScore)),
    proportional: attempt(() => proportionalHazards(withScore).global),
    concordance: attempt(() => concordance(patients, score.values)),
  };
};

/** What a threshold decides, and nothing else of a validation. */
export const thresholdFigures = ({
  outcomes,
  score,
  threshold,
  survival,
}: Omit<ValidationInput, 'compare'>): Pick<Validation, 'threshold'> & {
  readonly survivalByThreshold: SurvivalByThreshold | Problem | undefined;
} => ({
  threshold: attempt(() => atThreshold(outcomes, score.values, threshold)),
  survivalByThreshold:
    survival && attempt(() => byThreshold(followUps(survival.times, survival.events), score, threshold)),
});

/** @param smoothers two by default, since the figures depend on it; one where nobody asks for the other */
export const validate = (input: ValidationInput, smoothers: 1 | 2 = 2): Validation => {
  const { outcomes, score, threshold, survival } = input;
  const p = score.values;
  return {
    patients: outcomes.length,
    events: outcomes.filter((outcome) => outcome === 1).length,
    auc: attempt(() => aucWithInterval(outcomes, p)),
    roc: attempt(() => rocCurve(outcomes, p)),
    youden: attempt(() => youden(outcomes, p)),
    threshold: attempt(() => atThreshold(outcomes, p, threshold)),
    calibration: {
      inTheLarge: attempt(() => calibrationInTheLarge(outcomes, p)),
      slope: attempt(() => calibrationSlope(outcomes, p)),
      observedExpected: attempt(() => observedExpected(outcomes, p)),
      brier: attempt(() => brier(outcomes, p)),
      smoothed: attempt(() => smoothedCalibration(outcomes, p)),
      smoothedByLoess: smoothers === 2 ? attempt(() => smoothedCalibration(outcomes, p, 'loess')) : undefined,
      closedTest: attempt(() => closedTest(outcomes, p)),
    },
    decisionCurve: attempt(() => decisionCurve(outcomes, p, CURVE_THRESHOLDS)),
    comparisons: comparisonsOf(input),
    survival: survival && attempt(() => survivalFigures(score, threshold, survival)),
  };
};
