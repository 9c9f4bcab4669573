/** What a region shows over the phases, in their order. Pure. */
import type { RegionInPhase } from '../../viewer/space/region-over-phases.ts';

export const curvePhases = ['pre-contrast', 'arterial', 'portal-venous', 'delayed'] as const;
export type CurvePhase = (typeof curvePhases)[number];

export interface PhaseReading {
  phase: CurvePhase;
  /** After the start of contrast; undefined where nobody knows, and before contrast. */
  seconds: number | undefined;
  /** Undefined where no series is of this phase: it is said, and nothing stands in for it. */
  found: RegionInPhase | 'outside' | undefined;
}

export interface PhaseCurve {
  markId: string;
  readings: readonly PhaseReading[];
}

export interface CurvePoint {
  phase: CurvePhase;
  /** 0–1 along the axis. */
  x: number;
  mean: number;
  sd: number;
}

/** Room before the injection, as a share of the axis. */
const BEFORE = 0.15;

const isMeasured = (reading: PhaseReading): reading is PhaseReading & { found: RegionInPhase } =>
  typeof reading.found === 'object';

/** Are all phases after contrast at times that are known? Only then is the axis one of time. */
export const isTimed = (readings: readonly PhaseReading[]): boolean => {
  const after = readings.filter((one) => isMeasured(one) && one.phase !== 'pre-contrast');
  return after.length > 0 && after.every(({ seconds }) => seconds !== undefined);
};

/** By time where that is known, else one after the other at even steps: a time is never made up. */
export const curvePoints = (readings: readonly PhaseReading[]): CurvePoint[] => {
  const measured = readings.filter(isMeasured);
  const last = Math.max(0, ...measured.map(({ seconds = 0 }) => seconds));
  const timed = isTimed(readings) && last > 0;
  return measured.map(({ phase, seconds, found }, i) => {
    const even = measured.length > 1 ? i / (measured.length - 1) : 0.5;
    const byTime = phase === 'pre-contrast' ? 0 : BEFORE + (1 - BEFORE) * ((seconds ?? 0) / last);
    return { phase, x: timed ? byTime : even, mean: found.mean, sd: found.sd };
  });
};
