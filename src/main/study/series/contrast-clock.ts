/** When contrast was injected and when each stack was acquired: the clock that contrast phases are read from. */
import type { SeriesFacts } from '#shared/study/facts.ts';
import { type Moment, moment, secondsBetween } from './dicom-time.ts';
import { type StackTime, stackClocks, type TimeDoubt } from './stack-times.ts';

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
  /** Why a stack has no time although its header gives one. */
  doubts: (TimeDoubt | undefined)[];
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
  const clocks = stackClocks(study);
  const times = clocks.map(({ time }) => time);
  const injections = study.map(readInjection);
  const known = injections.filter((start) => start !== undefined);
  const agreed = agreedStart(known);
  const disputed = known.length > 0 && agreed === undefined;
  const secondsAfter = study.map((_facts, index) => {
    const start = agreed ?? injections[index];
    const time = times[index];
    if (!start || !time) return undefined;
    const seconds = secondsBetween({ seconds: start.seconds }, time);
    // To the second the same moment is a copied value, not a scan that began with the injection.
    return Math.abs(seconds) <= plausibleSeconds && seconds !== 0 ? seconds : undefined;
  });
  return { times, doubts: clocks.map(({ doubt }) => doubt), secondsAfter, disputed };
};
