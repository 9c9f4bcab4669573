/** Patients followed to an event or to the last contact. */
import { NotEstimable } from '../estimate.ts';

export interface FollowUp {
  readonly time: number;
  /** True where the event happened at `time`; false where the patient was last seen then. */
  readonly event: boolean;
}

/** Throws `NotEstimable` where a time is negative or no number, or an event is neither 0 nor 1. */
export const followUps = (times: readonly number[], events: readonly number[]): FollowUp[] => {
  if (times.length !== events.length || times.length === 0) {
    throw new NotEstimable(
      'Survival needs a time and an event (0 or 1) for every patient, and at least one patient.',
      'no-follow-up',
    );
  }
  return times.map((time, index) => {
    if (!(Number.isFinite(time) && time >= 0)) {
      throw new NotEstimable(`A time to an event is 0 or more; row ${index + 1} has ${time}.`);
    }
    const event = events[index];
    if (event !== 0 && event !== 1) throw new NotEstimable(`An event is 0 or 1, not ${event} (row ${index + 1}).`);
    return { time, event: event === 1 };
  });
};

export interface TimeStep {
  readonly time: number;
  readonly atRisk: number;
  readonly events: number;
  readonly censored: number;
}

/** One step for each distinct time, ascending. Who is last seen at a time is still at risk at it. */
export const timeSteps = (patients: readonly FollowUp[]): TimeStep[] => {
  const sorted = [...patients].sort((a, b) => a.time - b.time);
  const steps: TimeStep[] = [];
  let from = 0;
  while (from < sorted.length) {
    const time = sorted[from]?.time ?? 0;
    let to = from;
    let events = 0;
    while (to < sorted.length && sorted[to]?.time === time) {
      if (sorted[to]?.event) events++;
      to++;
    }
    steps.push({ time, atRisk: sorted.length - from, events, censored: to - from - events });
    from = to;
  }
  return steps;
};
