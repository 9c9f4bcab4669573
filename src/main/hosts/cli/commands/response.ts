import {
  type AssessedTimeline,
  type AssessedVisit,
  assessTimeline,
} from '#shared/clinical/response/assess-timeline.ts';
import type { Best } from '#shared/clinical/response/best-response.ts';
import type { ResponseReason } from '#shared/clinical/response/reasons.ts';
import type { Timeline } from '#shared/clinical/response/timeline.ts';
import { readTimeline } from '#shared/clinical/response/timeline-file.ts';
import { readJson } from '../read-json.ts';
import { type Terminal, table } from '../terminal.ts';

export interface ResponseResult {
  timeline: Timeline;
  assessed: AssessedTimeline;
  remarks: readonly ResponseReason[];
}

/** The response at every visit of the timeline in a file (`-` reads standard input). */
export const responseOf = async (path: string): Promise<ResponseResult> => {
  const { timeline, remarks } = readTimeline(await readJson(path));
  const assessed = assessTimeline(timeline);
  return { timeline, assessed, remarks: [...remarks, ...assessed.remarks] };
};

const visitJson = (visit: AssessedVisit) => ({
  date: visit.date,
  baseline: visit.baseline,
  sum: visit.sum ?? null,
  changeFromBaseline: visit.changeFromBaseline ?? null,
  changeFromNadir: visit.changeFromNadir ?? null,
  target: visit.target ?? null,
  nonTarget: visit.nonTarget ?? null,
  new: visit.newLesions === undefined ? null : visit.newLesions === 'unequivocal',
  overall: visit.overall ?? null,
  reasons: visit.reasons,
});

const readerDecision = ({ choices, reasons }: Best) => (choices ? { choices, reasons } : null);

export const responseJson = ({ timeline, assessed, remarks }: ResponseResult) => ({
  criterion: timeline.criterion,
  start: timeline.start,
  options: timeline.options,
  lesions: timeline.lesions,
  applicable: assessed.applicable,
  visits: assessed.visits.map(visitJson),
  best: assessed.best.response ?? null,
  bestReasons: assessed.best.reasons,
  bestConfirmed: assessed.bestConfirmed.response ?? null,
  bestConfirmedReasons: assessed.bestConfirmed.reasons,
  readerDecision: readerDecision(assessed.bestConfirmed),
  progression: assessed.progression ?? null,
  remarks,
});

const percent = (value: number | undefined): string => (value === undefined ? '' : `${value.toFixed(1)} %`);

const row = (visit: AssessedVisit): string[] => [
  visit.date,
  visit.sum?.toFixed(1) ?? '',
  percent(visit.changeFromBaseline),
  percent(visit.changeFromNadir),
  visit.target ?? '',
  visit.nonTarget ?? '',
  visit.newLesions && visit.newLesions !== 'none' ? visit.newLesions : '',
  visit.baseline ? 'baseline' : (visit.overall ?? ''),
];

const bestText = ({ response, choices }: Best): string =>
  response ?? (choices ? `a reader decides (${choices.join(', ')})` : 'none');

export const showResponse = ({ timeline, assessed, remarks }: ResponseResult, terminal: Terminal): void => {
  for (const { text } of remarks) terminal.note(text);
  terminal.result(
    table(
      ['Visit', 'Sum (mm)', 'From baseline', 'From nadir', 'Target', 'Non-target', 'New', 'Overall'],
      assessed.visits.map(row),
    ),
  );
  for (const { date, reasons } of assessed.visits) for (const { text } of reasons) terminal.result(`${date}: ${text}`);
  const { best, bestConfirmed } = assessed;
  terminal.result(`Best response (${timeline.criterion}): ${bestText(best)}; confirmed: ${bestText(bestConfirmed)}`);
  for (const { text } of bestConfirmed.reasons) terminal.result(text);
};
