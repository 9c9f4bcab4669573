/** How long after the start of its series each phase was acquired, where all carry the time of the first. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { number } from './fact-values.ts';

export interface PhaseOffset {
  /** Seconds after the start of the series. */
  seconds: number;
  keyword: string;
  /** Measured from the start of the series by definition, whatever else was exported. */
  measured: boolean;
  /** The phases are all here, the first at zero, so that their pattern may confirm the times. */
  complete: boolean;
}

/**
 * TemporalPositionTimeOffset (s, 0020,930D) is an offset from the start by definition. TriggerTime (ms, 0018,1060) is
 * counted from the start of a dynamic series by GE and Philips. (Temporal position − 1) × TemporalResolution (ms,
 * 0020,0110) holds for phases without pauses between them only.
 */
const offsetOf = (facts: SeriesFacts): Omit<PhaseOffset, 'complete'> | undefined => {
  const offset = number(facts, 'TemporalPositionTimeOffset');
  if (offset !== undefined) return { seconds: offset, keyword: 'TemporalPositionTimeOffset', measured: true };
  const trigger = number(facts, 'TriggerTime');
  if (trigger !== undefined) return { seconds: trigger / 1000, keyword: 'TriggerTime', measured: false };
  const position = number(facts, 'TemporalPositionIdentifier');
  const resolution = number(facts, 'TemporalResolution');
  if (position === undefined || position < 1 || resolution === undefined || resolution <= 0) return undefined;
  return { seconds: ((position - 1) * resolution) / 1000, keyword: 'TemporalResolution', measured: false };
};

/** Every phase that NumberOfTemporalPositions (0020,0105) announces is here, and the first begins at zero. */
const areComplete = (phases: readonly SeriesFacts[], seconds: readonly number[]): boolean =>
  Math.min(...seconds) === 0 &&
  phases.every((facts) => (number(facts, 'NumberOfTemporalPositions') ?? phases.length) === phases.length);

/** The offset of each phase, in the order given, if all have one of the same kind and no two the same. */
export const phaseOffsets = (phases: readonly SeriesFacts[]): PhaseOffset[] | undefined => {
  const found = phases.flatMap((facts) => offsetOf(facts) ?? []);
  const seconds = found.map((offset) => offset.seconds);
  const oneKind = new Set(found.map(({ keyword }) => keyword)).size === 1;
  if (!oneKind || new Set(seconds).size !== phases.length) return undefined;
  const complete = areComplete(phases, seconds);
  return found.map((offset) => ({ ...offset, complete }));
};
