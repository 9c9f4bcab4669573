/**
 * When each stack of a study was acquired, and where that cannot be told: a time that stacks share which no scanner
 * could have acquired together, attributes that disagree, or the midnight that stands for a removed time.
 */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { type Moment, moment, secondsBetween } from './dicom-time.ts';
import { text, texts } from './fact-values.ts';
import { imageKind } from './image-kind.ts';
import { mayBeOneAcquisition } from './one-acquisition.ts';
import { groupBy } from './split.ts';
import { phaseOffsets } from './time-offsets.ts';

/** Where a stack's time came from; only `acquisition` is when the signal was measured. */
export type TimeSource = 'acquisition' | 'offset' | 'content' | 'series';

export interface StackTime extends Moment {
  source: TimeSource;
  /** DICOM keyword that was read, for reasons shown to people. */
  keyword: string;
  /**
   * For `offset` only: the phases of the series are all here, the first at zero, so that their pattern may confirm the
   * times. A first phase that was not exported would shift them all.
   */
  complete?: boolean;
}

/** Why a stack has no time although its header gives one. */
export type TimeDoubt = 'time-shared' | 'times-disagree' | 'time-removed';

export interface StackClock {
  time?: StackTime;
  doubt?: TimeDoubt;
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

/** Exactly midnight is what removed times are overwritten with. */
const isRemoved = (found: Moment): boolean => found.seconds === 0;

const isTimeRemoved = (facts: SeriesFacts): boolean => {
  const written = moment(facts, { dateTime: 'AcquisitionDateTime', time: 'AcquisitionTime' });
  return written !== undefined && isRemoved(written);
};

const readTime = (facts: SeriesFacts): StackTime | undefined => {
  for (const { source, ...keywords } of timeAttributes) {
    const found = moment(facts, keywords);
    if (found && !isRemoved(found)) return { ...found, source, keyword: keywords.time };
  }
  return undefined;
};

/** AcquisitionTime and AcquisitionDateTime are written from one clock; a second is rounding. */
const agreeWithinSeconds = 1;

/** True where the two attributes of one acquisition name different moments, as after a change of time zone. */
const disagrees = (facts: SeriesFacts): boolean => {
  if (text(facts, 'FrameAcquisitionDateTime') !== '') return false;
  const joined = moment(facts, { dateTime: 'AcquisitionDateTime', time: '' });
  const parted = moment(facts, { time: 'AcquisitionTime', date: 'AcquisitionDate' });
  if (!joined || !parted || isRemoved(joined) || isRemoved(parted)) return false;
  return Math.abs(secondsBetween(joined, parted)) > agreeWithinSeconds;
};

/** What makes stacks parts of one series where the UID is not among the facts. */
const seriesKey = (facts: SeriesFacts, index: number): string =>
  text(facts, 'SeriesInstanceUID') || text(facts, 'SeriesNumber') || `#${index}`;

interface Read {
  facts: SeriesFacts;
  key: string;
  time: StackTime | undefined;
  /** Every acquisition time in the header: one that is shared casts doubt on the other. */
  moments: Moment[];
}

const acquisitionMoments = (facts: SeriesFacts, time: StackTime | undefined): Moment[] => {
  if (time?.keyword === 'FrameAcquisitionDateTime' || time?.source !== 'acquisition') return time ? [time] : [];
  const parted = moment(facts, { time: 'AcquisitionTime', date: 'AcquisitionDate' });
  return parted ? [time, parted] : [time];
};

/** Times this close are one: no T1 acquisition of the liver is shorter. */
const sameWithinSeconds = 1;

const sharesTime = (a: Read, b: Read): boolean =>
  a.moments.some((one) => b.moments.some((other) => Math.abs(secondsBetween(one, other)) < sameWithinSeconds));

/** Phases of one series under one time: told apart by their offsets, or not at all. */
const withOffsets = (sharing: readonly Read[]): Map<Read, StackTime> => {
  const ofOneSeries = new Set(sharing.map(({ key }) => key)).size === 1;
  const offsets = ofOneSeries ? phaseOffsets(sharing.map(({ facts }) => facts)) : undefined;
  return new Map(
    sharing.flatMap((entry, index): [Read, StackTime][] => {
      const offset = offsets?.[index];
      if (!entry.time || !offset) return [];
      const { seconds, keyword, measured, complete } = offset;
      const time = { ...entry.time, seconds: entry.time.seconds + seconds, keyword };
      return [[entry, measured ? time : { ...time, source: 'offset', complete }]];
    }),
  );
};

/** Stacks of the same kind in one series, as its phases are. */
const phaseKey = ({ facts, key }: Read): string =>
  [key, imageKind(facts) ?? '', texts(facts, 'EchoNumbers').join()].join('|');

/** A doubt about one phase of a series is one about all: its clock counts something else than the phases. */
const spreadInSeries = (read: readonly Read[], doubts: Map<Read, TimeDoubt>): void => {
  for (const phases of groupBy(read, phaseKey).values()) {
    const doubt = phases.map((entry) => doubts.get(entry)).find((found) => found !== undefined);
    if (doubt) for (const entry of phases) doubts.set(entry, doubts.get(entry) ?? doubt);
  }
};

/** Start of acquisition of every stack of a study, in the order given, or why it has none. */
export const stackClocks = (study: readonly SeriesFacts[]): StackClock[] => {
  const read = study.map((facts, index): Read => {
    const time = readTime(facts);
    return { facts, time, key: seriesKey(facts, index), moments: acquisitionMoments(facts, time) };
  });
  const doubts = new Map<Read, TimeDoubt>();
  const offsets = new Map<Read, StackTime>();
  for (const entry of read) if (disagrees(entry.facts)) doubts.set(entry, 'times-disagree');
  spreadInSeries(read, doubts);
  for (const entry of read) {
    if (doubts.has(entry) || offsets.has(entry)) continue;
    const sharing = read.filter(
      (other) => other === entry || (sharesTime(entry, other) && !mayBeOneAcquisition(entry.facts, other.facts)),
    );
    if (sharing.length < 2) continue;
    const told = withOffsets(sharing);
    for (const one of sharing) {
      const time = told.get(one);
      if (time) offsets.set(one, time);
      else if (!doubts.has(one)) doubts.set(one, 'time-shared');
    }
  }
  spreadInSeries(read, doubts);
  return read.map((entry): StackClock => {
    const doubt = doubts.get(entry);
    if (doubt) return { doubt };
    const time = offsets.get(entry) ?? entry.time;
    if (time) return { time };
    return isTimeRemoved(entry.facts) ? { doubt: 'time-removed' } : {};
  });
};
