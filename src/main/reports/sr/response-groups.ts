/** What a criterion makes of the measures at each time point, and the best of it. Pure. */
import type { Criterion, ResponseCode } from '#shared/clinical/response/timeline.ts';
import { criteria, criterionNames } from '#shared/clinical/response/timeline.ts';
import { bestRead, readResponses } from '#shared/course/confirmed-responses.ts';
import { assessCourse } from '#shared/course/course-timeline.ts';
import type { Dataset } from '../../study/encode/dataset.ts';
import {
  type Code,
  codes,
  methodCode,
  nonTargetCodes,
  overallCodes,
  ownCodes,
  targetCodes,
  units,
} from '../dicom/codes.ts';
import { objectUid } from '../dicom/modules.ts';
import type { ReportedCase } from '../reported-case.ts';
import { code, container, number, text, uidReference } from './content-items.ts';
import { timePointContext } from './time-point-context.ts';

const responseCode = (response: ResponseCode, criterion: Criterion): Code => {
  const { value, scheme, meaning } = overallCodes[response];
  return { value, scheme, meaning: `${meaning} (${criterionNames[criterion]})` };
};

const group = (reported: ReportedCase, name: string, children: readonly Dataset[]): Dataset =>
  container(
    'CONTAINS',
    codes.measurementGroup,
    [
      text('HAS OBS CONTEXT', codes.trackingIdentifier, name),
      uidReference('HAS OBS CONTEXT', codes.trackingUid, objectUid(reported, 'response', name)),
      code('CONTAINS', codes.finding, codes.responseEvaluation),
      ...children,
    ],
    '1501',
  );

const percent = (name: Code, value: number | null | undefined): Dataset[] =>
  value == null ? [] : [number('CONTAINS', name, { value, unit: units.percent })];

/** Nothing for a criterion that no time point has a response by. */
const groupsOf = (reported: ReportedCase, criterion: Criterion): Dataset[] => {
  const { course } = reported;
  const assessed = assessCourse(course, criterion);
  const responses = readResponses(course, criterion, assessed);
  const method = code('CONTAINS', codes.responseMethod, methodCode(criterion));
  const visits = responses.flatMap(({ timePointId, date, response, state, assessment }, index) => {
    if (response === undefined) return [];
    const visit = assessed.visits.get(timePointId);
    const reader =
      (state === 'confirmed' || state === 'overridden') && assessment ? `by ${assessment.reader}` : 'by no reader';
    return [
      group(reported, `response ${criterion} ${timePointId}`, [
        ...timePointContext(course, { id: timePointId, date }, index + 1),
        method,
        code('CONTAINS', codes.currentResponse, responseCode(response, criterion)),
        ...(visit?.target ? [code('CONTAINS', ownCodes.targetResponse, targetCodes[visit.target])] : []),
        ...(visit?.nonTarget ? [code('CONTAINS', ownCodes.nonTargetResponse, nonTargetCodes[visit.nonTarget])] : []),
        ...(visit?.sum == null
          ? []
          : [number('CONTAINS', codes.measurementOfResponse, { value: visit.sum, unit: units.millimetre })]),
        ...percent(ownCodes.changeFromBaseline, visit?.changeFromBaseline),
        ...percent(ownCodes.changeFromNadir, visit?.changeFromNadir),
        text('CONTAINS', codes.comment, `${criterionNames[criterion]}, confirmed ${reader}`),
      ]),
    ];
  });
  if (visits.length === 0) return [];
  const { best } = bestRead(course, criterion, assessed, responses);
  return best.response == null
    ? visits
    : [
        ...visits,
        group(reported, `best response ${criterion}`, [
          method,
          code('CONTAINS', codes.bestResponse, responseCode(best.response, criterion)),
        ]),
      ];
};

export const responseGroups = (reported: ReportedCase): Dataset[] =>
  criteria.flatMap((criterion) => groupsOf(reported, criterion));
