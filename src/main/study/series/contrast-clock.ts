/** When contrast was injected and when each stack was acquired: the clock that contrast phases are read from. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { type Moment, moment, secondsBetween } from './dicom-time.ts';
import { number, text } from './fact-values.ts';
import { groupBy } from './split.ts';

/** Where a stack's time came from; only `acquisition` is when the signal was measured. */
export type TimeSource = 'acquisition' | 'content' | 'series';

export interface StackTime extends Moment {
  source: TimeSource;
  /** DICOM keyword that was read, for reasons shown to people. */
  keyword: string;
}

interface TimeAttribute {
  source: TimeSource;
  time: string;
  date?: string;
  dateTime?: string;
}

const timeAttributes: readonly TimeAttribute[] = [
  // A frame of an Enhanced object has its own time; AcquisitionDateTime is that of the whole object.
  { source: 'acquisition', time: 'FrameAcquisitionDateTime', dateTime: 'FrameAcquisitionDateTime' },
  { source: 'acquisition', time: 'AcquisitionTime', date: 'AcquisitionDate', dateTime: 'AcquisitionDateTime' },
  { source: 'content', time: 'ContentTime', date: 'ContentDate' },
  { source: 'series', time: 'SeriesTime', date: 'SeriesDate' },
];

const readTime = (facts: SeriesFacts): StackTime | undefined => {
  for (const { source, ...keywords } of timeAttributes) {
    const found = moment(facts, keywords);
    if (found) return { ...found, source, keyword: keywords.time };
  }
  return undefined;
};

/** What makes stacks parts of one series where the UID is not among the facts. */
const seriesKey = (facts: SeriesFacts, index: number): string =>
  text(facts, 'SeriesInstanceUID') || text(facts, 'SeriesNumber') || `#${index}`;

/**
 * Seconds from the start of the series to this phase, for phases that share one acquisition time: by TriggerTime (ms,
 * 0018,1060), which GE and Philips count from the start of a dynamic series, or by temporal position and
 * TemporalResolution (ms, 0020,0110).
 */
const phaseOffset = (facts: SeriesFacts, parts: readonly SeriesFacts[]): number | undefined => {
  const triggers = parts.map((part) => number(part, 'TriggerTime'));
  const own = number(facts, 'TriggerTime');
  const known = triggers.filter((value) => value !== undefined);
  if (own !== undefined && new Set(known).size === parts.length) return (own - Math.min(...known)) / 1000;
  const position = number(facts, 'TemporalPositionIdentifier');
  const resolution = number(facts, 'TemporalResolution');
  if (position !== undefined && position >= 1 && resolution !== undefined && resolution > 0) {
    return ((position - 1) * resolution) / 1000;
  }
  return undefined;
};

/**
 * Start of acquisition of every stack of a study, in the order given. Stacks of one series that share a time and
 * cannot be told apart have none: an order among them would be invented.
 */
export const stackTimes = (study: readonly SeriesFacts[]): (StackTime | undefined)[] => {
  const read = study.map((facts, index) => ({ facts, time: readTime(facts), key: seriesKey(facts, index) }));
  const bySeries = groupBy(read, (entry) => entry.key);
  return read.map(({ facts, time, key }) => {
    if (!time) return undefined;
    const sharing = (bySeries.get(key) ?? []).filter((entry) => entry.time?.seconds === time.seconds);
    // Echoes and Dixon components of one acquisition share its time rightly; phases differ in a phase attribute.
    const phases = sharing.filter((entry) => isPhase(entry.facts));
    if (phases.length < 2 || !isPhase(facts)) return time;
    const positions = new Set(phases.map((entry) => phaseOf(entry.facts)));
    if (positions.size < 2) return time;
    const offset = phaseOffset(
      facts,
      phases.map((entry) => entry.facts),
    );
    return offset === undefined ? undefined : { ...time, seconds: time.seconds + offset };
  });
};

const phaseOf = (facts: SeriesFacts): string => text(facts, 'TemporalPositionIdentifier') || text(facts, 'TriggerTime');

const isPhase = (facts: SeriesFacts): boolean => phaseOf(facts) !== '';

const readInjection = (facts: SeriesFacts): Moment | undefined => {
  const start = moment(facts, { time: 'ContrastBolusStartTime' });
  return start?.seconds === 0 ? undefined : start;
};

/** Injection times of one examination may differ by seconds; more is a second injection or a wrong entry. */
const sameInjectionSeconds = 20;

/** The earliest of start times that agree; `undefined` where they do not. */
const agreedStart = (starts: readonly Moment[]): Moment | undefined =>
  starts.find((start) =>
    starts.every((other) => {
      const later = secondsBetween(start, other);
      return later >= 0 && later <= sameInjectionSeconds;
    }),
  );

/** An acquisition further away than this belongs to another injection; gadobenate is imaged up to 3 h later. */
const plausibleSeconds = 4 * 3600;

export interface ContrastClock {
  /** Start of acquisition of each stack. */
  times: (StackTime | undefined)[];
  /** Seconds from the start of injection to the start of acquisition of each stack; negative before it. */
  secondsAfter: (number | undefined)[];
  /** True where the series disagree about the start of injection, so that the seconds need a question. */
  disputed: boolean;
}

/**
 * Reads the clock of one study. ContrastBolusStartTime (0018,1042) of any series serves all of them when they agree;
 * when they do not, each series has its own only.
 */
export const contrastClock = (study: readonly SeriesFacts[]): ContrastClock => {
  const times = stackTimes(study);
  const injections = study.map(readInjection);
  const known = injections.filter((start) => start !== undefined);
  const agreed = agreedStart(known);
  const disputed = known.length > 0 && agreed === undefined;
  const secondsAfter = study.map((_facts, index) => {
    const start = agreed ?? injections[index];
    const time = times[index];
    if (!start || !time) return undefined;
    const seconds = secondsBetween({ seconds: start.seconds }, time);
    return Math.abs(seconds) <= plausibleSeconds ? seconds : undefined;
  });
  return { times, secondsAfter, disputed };
};
