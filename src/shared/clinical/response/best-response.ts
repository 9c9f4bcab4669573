/**
 * Best overall response (RECIST 1.1, section 4.5 and its table), without and with confirmation. Only visits up to the first
 * progression count. The tests hold it to the table, and to the cases where an independent program agrees.
 */
import { type ResponseReason, reason } from './reasons.ts';
import { daysBetween, type ResponseCode, type ResponseOptions } from './timeline.ts';

export interface DatedResponse {
  readonly date: string;
  readonly overall: ResponseCode;
}

export interface Best {
  /** Undefined where nothing was assessed, or where a reader has to decide. */
  readonly response: ResponseCode | undefined;
  readonly date?: string | undefined;
  readonly reasons: readonly ResponseReason[];
  /** What a reader may choose between; the engine never does. */
  readonly choices?: readonly ResponseCode[] | undefined;
}

const upToProgression = (visits: readonly DatedResponse[]): readonly DatedResponse[] => {
  const progressed = visits.findIndex(({ overall }) => overall === 'PD');
  return progressed < 0 ? visits : visits.slice(0, progressed + 1);
};

const isResponse = (code: ResponseCode): boolean => code === 'CR' || code === 'PR';
const isStable = (code: ResponseCode): boolean => isResponse(code) || code === 'SD';

interface Considered {
  readonly visits: readonly DatedResponse[];
  readonly start: string;
  readonly options: ResponseOptions;
}

/** What is left where there is no response: stable disease of sufficient length, progression, or nothing that counts. */
const withoutResponse = ({ visits, start, options }: Considered): Best => {
  const lasted = ({ date }: DatedResponse) => daysBetween(start, date) >= options.minimumSdDays;
  const held = (code: 'SD' | 'NON-CR/NON-PD', counts: (code: ResponseCode) => boolean): Best | undefined => {
    const found = visits.find((visit) => counts(visit.overall) && lasted(visit));
    return (
      found && {
        response: code,
        date: found.date,
        reasons: [reason('stable-long-enough', { date: found.date, days: options.minimumSdDays })],
      }
    );
  };
  const stable = held('SD', isStable) ?? held('NON-CR/NON-PD', (code) => code === 'NON-CR/NON-PD');
  if (stable) return stable;
  const progressed = visits.find(({ overall }) => overall === 'PD');
  if (progressed) {
    return { response: 'PD', date: progressed.date, reasons: [reason('progressed', { date: progressed.date })] };
  }
  const early = visits.find(({ overall }) => overall !== 'NE');
  if (early) {
    return { response: 'NE', date: early.date, reasons: [reason('stable-too-early', { days: options.minimumSdDays })] };
  }
  const [first] = visits;
  if (first) return { response: 'NE', date: first.date, reasons: [reason('nothing-evaluable')] };
  return { response: options.missingAsNe ? 'NE' : undefined, reasons: [reason('no-assessment')] };
};

const bestOf = (considered: Considered): Best => {
  for (const response of ['CR', 'PR'] as const) {
    const found = considered.visits.find(({ overall }) => overall === response);
    if (found) return { response, date: found.date, reasons: [reason('best-visit', { date: found.date })] };
  }
  return withoutResponse(considered);
};

/** Whether what lies between a response and the visit that would confirm it leaves the confirmation standing. */
const bridges = (
  between: readonly DatedResponse[],
  allowed: readonly ResponseCode[],
  options: ResponseOptions,
): boolean => {
  const count = (code: ResponseCode) => between.filter(({ overall }) => overall === code).length;
  return (
    between.every(({ overall }) => overall === 'NE' || allowed.includes(overall)) &&
    count('NE') <= options.maximumNeBetween &&
    count('SD') <= 1
  );
};

const hasPrAfterCr = (visits: readonly DatedResponse[]): boolean => {
  const complete = visits.findIndex(({ overall }) => overall === 'CR');
  return complete >= 0 && visits.slice(complete).some(({ overall }) => overall === 'PR');
};

interface Confirmation {
  readonly first: DatedResponse;
  readonly by: DatedResponse;
}

const findConfirmation = (
  { visits, options }: Considered,
  response: 'CR' | 'PR',
  confirms: (code: ResponseCode) => boolean,
  allowedBetween: readonly ResponseCode[],
): Confirmation | undefined => {
  for (const [at, first] of visits.entries()) {
    if (first.overall !== response) continue;
    const by = visits.findIndex(
      (visit, later) =>
        later > at &&
        confirms(visit.overall) &&
        daysBetween(first.date, visit.date) >= options.confirmationDays &&
        bridges(visits.slice(at + 1, later), allowedBetween, options) &&
        !(response === 'PR' && hasPrAfterCr(visits.slice(at, later + 1))),
    );
    const found = visits[by];
    if (found) return { first, by: found };
  }
  return undefined;
};

const findConfirmed = (considered: Considered): (Confirmation & { response: 'CR' | 'PR' }) | undefined => {
  const between: ResponseCode[] = considered.options.acceptSd ? ['CR', 'PR', 'SD'] : ['CR', 'PR'];
  const complete = findConfirmation(considered, 'CR', (code) => code === 'CR', ['CR']);
  if (complete) return { response: 'CR', ...complete };
  const partial = findConfirmation(considered, 'PR', isResponse, between);
  return partial && { response: 'PR', ...partial };
};

/** Whether a partial response is confirmed by the end of these visits. */
export const hasConfirmedResponse = (visits: readonly DatedResponse[], options: ResponseOptions): boolean =>
  findConfirmed({ visits, start: visits[0]?.date ?? '', options }) !== undefined;

/** A complete response that was followed by something else, as the table of RECIST 1.1 has it. */
const afterComplete = ({ visits, start, options }: Considered): Best | undefined => {
  const at = visits.findIndex(({ overall }) => overall === 'CR');
  const complete = visits[at];
  if (!complete) return undefined;
  const later = visits.slice(at + 1);
  if (later.some(({ overall }) => overall === 'PR')) {
    return {
      response: undefined,
      reasons: [reason('reader-decides', { date: complete.date })],
      choices: ['SD', 'PD', 'PR'],
    };
  }
  const next = later.find(({ overall }) => overall !== 'NE');
  if (next?.overall === 'SD' && daysBetween(start, complete.date) < options.minimumSdDays) {
    return {
      response: 'PD',
      date: next.date,
      reasons: [reason('early-complete-then-stable', { days: options.minimumSdDays })],
    };
  }
  return undefined;
};

const bestConfirmedOf = (considered: Considered): Best => {
  const confirmed = findConfirmed(considered);
  if (confirmed) {
    const { response, first, by } = confirmed;
    return {
      response,
      date: first.date,
      reasons: [reason('confirmed', { response, date: first.date, by: by.date })],
    };
  }
  const complete = afterComplete(considered);
  if (complete) return complete;
  const rest = withoutResponse(considered);
  const unconfirmed = considered.visits.find(({ overall }) => isResponse(overall));
  if (!unconfirmed) return rest;
  const { overall: response, date } = unconfirmed;
  const days = considered.options.confirmationDays;
  return { ...rest, reasons: [reason('not-confirmed', { response, date, days }), ...rest.reasons] };
};

/** @param visits in order of date, the baseline left out. */
export const bestResponse = (
  visits: readonly DatedResponse[],
  start: string,
  options: ResponseOptions,
): { readonly best: Best; readonly bestConfirmed: Best } => {
  const considered = { visits: upToProgression(visits), start, options };
  return { best: bestOf(considered), bestConfirmed: bestConfirmedOf(considered) };
};
