/** How sure the figures of a cohort can be, and how many more patients would make them surer. */
import type { AucEstimate } from '../statistics/auc.ts';
import { patientsForC, patientsForObservedExpected } from '../statistics/sample-size.ts';
import { attempt, isProblem } from '../statistics/validation.ts';

/** Below this many patients with the event the page says so, whatever its intervals. */
export const FEW_EVENTS = 40;
/** Half the width of the AUC's interval that a judgement asks for. */
export const WANTED_HALF_WIDTH = 0.05;

export interface Precision {
  readonly events: number;
  /** Half the width of the 95 % interval of the AUC; undefined where it has none. */
  readonly halfWidth: number | undefined;
  /** More patients of the same mix that would halve it: its width falls with the root of their number. */
  readonly moreToHalve: number;
  /** Patients at which the interval is ± `WANTED_HALF_WIDTH` wide (Riley 2021); undefined where no number is. */
  readonly patientsWanted: number | undefined;
  /** Patients at which the standard error of ln(observed / expected) is 0.1 (Riley 2021). */
  readonly patientsForCalibration: number | undefined;
  readonly isEnough: boolean;
}

export const precisionOf = (auc: AucEstimate): Precision => {
  const patients = auc.events + auc.nonEvents;
  const rate = auc.events / patients;
  const halfWidth = auc.interval && (auc.interval.high - auc.interval.low) / 2;
  const number = (compute: () => number): number | undefined => {
    const found = attempt(() => ({ n: compute() }));
    return isProblem(found) ? undefined : found.n;
  };
  return {
    events: auc.events,
    halfWidth,
    moreToHalve: 3 * patients,
    patientsWanted: number(() => patientsForC(auc.auc, rate, 2 * WANTED_HALF_WIDTH)),
    patientsForCalibration: number(() => patientsForObservedExpected(rate)),
    isEnough: auc.events >= FEW_EVENTS && halfWidth !== undefined && halfWidth <= WANTED_HALF_WIDTH,
  };
};
