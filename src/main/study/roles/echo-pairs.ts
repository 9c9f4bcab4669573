/**
 * In- and opposed-phase echoes from echo time and field strength.
 *
 * Protons of fat precess 3.4 ppm slower than those of water, so their signals add up every 1/(γ·B0·3.4 ppm), that is
 * every 4.6 ms at 1.5 T and 2.3 ms at 3 T, and oppose each other half-way between.
 */
import { text } from '../series/fact-values.ts';
import { hasT1GradientParameters, isExcludedKind, isT1Gradient } from './candidates.ts';
import type { SeriesView } from './series-view.ts';

/** Gyromagnetic ratio of the proton, MHz/T, times the chemical shift of fat, ppm: Hz per tesla. */
const fatShiftHzPerTesla = 42.577 * 3.4;

/** Share of a cycle by which an echo may miss its ideal time; scanners choose the nearest that the gradients allow. */
const tolerance = 0.15;

/** Period of the fat–water beat, ms. */
export const beatMs = (fieldT: number): number => 1000 / (fatShiftHzPerTesla * fieldT);

/** `in-phase` or `opposed-phase` for an echo time, or `undefined` in between. */
export const echoPhase = (echoTimeMs: number, fieldT: number): 'in-phase' | 'opposed-phase' | undefined => {
  const cycles = echoTimeMs / beatMs(fieldT);
  const off = Math.abs(cycles - Math.round(cycles));
  if (cycles >= 1 - tolerance && off <= tolerance) return 'in-phase';
  return Math.abs(off - 0.5) <= tolerance ? 'opposed-phase' : undefined;
};

/** A series whose echo time is known. */
type EchoSeries = SeriesView & { echoTime: number };

export interface EchoPair {
  /** The other echo of the same acquisition. */
  partner: EchoSeries;
  /** Number of different echo times of the acquisition; more than two are a quantification. */
  echoes: number;
}

/** Echo times of a dual-echo acquisition are at least half a beat at 3 T apart. */
const shortestStepMs = 0.6;

const sharesAcquisition = (a: SeriesView, b: SeriesView): boolean => {
  const same = (keyword: string) => {
    const value = text(a.facts, keyword);
    return value !== '' && value === text(b.facts, keyword);
  };
  return (
    same('SeriesInstanceUID') ||
    (same('AcquisitionTime') && a.name === b.name) ||
    (a.echo === 'both' && a.name === b.name)
  );
};

const mayBeEcho = (view: SeriesView): view is EchoSeries =>
  view.echoTime !== undefined &&
  !isExcludedKind(view) &&
  view.part === undefined &&
  (isT1Gradient(view) || hasT1GradientParameters(view) || view.echo !== undefined);

/** Series that are echoes of one gradient-echo acquisition, by index. */
export const findEchoPairs = (series: readonly SeriesView[]): Map<number, EchoPair> => {
  const pairs = new Map<number, EchoPair>();
  const candidates = series.filter(mayBeEcho);
  for (const view of candidates) {
    const others = candidates.filter(
      (other) =>
        other !== view && sharesAcquisition(view, other) && Math.abs(other.echoTime - view.echoTime) >= shortestStepMs,
    );
    const [partner] = others;
    if (!partner) continue;
    const echoes = new Set([view, ...others].map((echo) => echo.echoTime.toFixed(2))).size;
    pairs.set(view.index, { partner, echoes });
  }
  return pairs;
};
