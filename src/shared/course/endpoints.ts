/**
 * Times to an event from the days that were entered. Sources: FDA, Clinical Trial Endpoints for the Approval of Cancer Drugs
 * (2018) for OS and PFS; Llovet JM et al., J Natl Cancer Inst 2008;100:698 for TTP, in which death without progression is
 * censored.
 */
import { daysBetween } from '../clinical/response/timeline.ts';
import type { Endpoint, EndpointName, Outcome } from './outcome.ts';

export type OutcomeDays = Pick<Outcome, 'start' | 'progression' | 'death' | 'lastContact' | 'lastAssessment'>;

const until = (start: string, day: string | undefined, rest: Omit<Endpoint, 'days'>): Endpoint | undefined =>
  day === undefined || day < start ? undefined : { days: daysBetween(start, day), ...rest };

const overallSurvival = (start: string, { death, lastContact }: OutcomeDays): Endpoint | undefined =>
  death
    ? until(start, death, { event: true, kind: 'death' })
    : until(start, lastContact, { event: false, censoring: 'last-contact' });

const timeToProgression = (start: string, { progression, death, lastAssessment }: OutcomeDays): Endpoint | undefined =>
  progression
    ? until(start, progression, { event: true, kind: 'progression' })
    : until(start, lastAssessment ?? death, {
        event: false,
        censoring: death ? 'died-without-progression' : 'last-assessment',
      });

const progressionFree = (start: string, days: OutcomeDays): Endpoint | undefined => {
  const { progression, death, lastAssessment } = days;
  if (progression) return until(start, progression, { event: true, kind: 'progression' });
  if (death) return until(start, death, { event: true, kind: 'death' });
  return until(start, lastAssessment, { event: false, censoring: 'last-assessment' });
};

/** Days; an endpoint whose dates were not entered, or lie before the start, is not there. */
export const endpointsOf = (days: OutcomeDays): Partial<Record<EndpointName, Endpoint>> => {
  const { start } = days;
  if (start === undefined) return {};
  const found = {
    pfs: progressionFree(start, days),
    ttp: timeToProgression(start, days),
    os: overallSurvival(start, days),
  };
  return Object.fromEntries(Object.entries(found).filter(([, endpoint]) => endpoint !== undefined));
};
