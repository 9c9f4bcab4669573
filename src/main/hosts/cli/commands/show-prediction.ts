import type { ErrorShape } from '#shared/errors.ts';
import { bannerOf } from '#shared/model/banner.ts';
import { isNotComputable } from '#shared/model/not-computable.ts';
import type { PredictionWarning } from '#shared/model/prediction.ts';
import { type Terminal, table } from '../terminal.ts';
import type { PredictResult } from './predict.ts';

/** What `predict --json` prints. */
export const predictionJson = (result: PredictResult) => {
  const { prediction, roles, seriesRoles, lesions, factorWarnings, caseId } = result;
  const { model } = prediction;
  const banner = bannerOf(model.status);
  return {
    ...(banner === undefined ? {} : { banner }),
    probability: prediction.probability,
    interval: prediction.interval,
    logit: prediction.logit,
    bias: prediction.bias,
    imageContribution: prediction.imageContribution,
    clinicalContributions: Object.fromEntries(
      prediction.clinicalContributions.map(({ factor, contribution }) => [factor, contribution]),
    ),
    factors: Object.fromEntries(
      prediction.clinicalContributions.map(({ factor, value, unit }) => [factor, { value, unit }]),
    ),
    decision: prediction.decision,
    withheldBecause: prediction.withheldBecause,
    threshold: prediction.threshold,
    provider: prediction.provider,
    model: {
      id: model.id,
      version: model.version,
      status: model.status,
      sha256: model.sha256,
      criterion: model.criterion,
      baseRate: model.baseRate,
    },
    warnings: [...prediction.warnings, ...factorWarnings],
    roles,
    seriesRoles,
    lesions,
    indexLesionId: prediction.indexLesionId,
    sample: prediction.sample,
    novelty: prediction.novelty,
    timings: prediction.timings,
    predictionId: prediction.id,
    appVersion: prediction.appVersion,
    ...(caseId === undefined ? {} : { caseId }),
  };
};

/** What `predict --json` prints beside the error of a case for which there is no number at all. */
export const notComputableJson = ({ code, message, params }: ErrorShape) =>
  isNotComputable(code)
    ? { decision: 'withheld', withheldBecause: [{ code, text: message, ...(params ? { params } : {}) }] }
    : {};

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;

const showWithheld = ({ prediction, factorWarnings }: PredictResult, terminal: Terminal): void => {
  terminal.result('Withheld: for this case no number is shown. With --json it is printed, marked as withheld.');
  for (const { text } of prediction.withheldBecause) terminal.result(`Withheld because: ${text}`);
  for (const { text } of [...prediction.warnings, ...factorWarnings]) terminal.result(`Warning: ${text}`);
};

/** How far the probability could move; said only where a probability is. */
const movesTo = ({ params, couldMoveTo }: PredictionWarning): string => {
  if (params?.wouldGive !== undefined) return ` The value itself would have given ${params.wouldGive} %.`;
  return couldMoveTo ? ` The result could move to ${percent(couldMoveTo.low)} to ${percent(couldMoveTo.high)}.` : '';
};

const showNumber = ({ prediction, factorWarnings }: PredictResult, terminal: Terminal): void => {
  const { interval, model } = prediction;
  const range = interval
    ? ` (${percent(interval.low)} to ${percent(interval.high)}, ${Math.round(100 * interval.level)} % interval${interval.widened ? ', widened by what is missing' : ''})`
    : '';
  for (const warning of [...prediction.warnings, ...factorWarnings]) {
    terminal.result(`Warning: ${warning.text}${movesTo(warning)}`);
  }
  terminal.result(`Probability of CR/PR (${model.criterion})  ${percent(prediction.probability)}${range}`);
  terminal.result(`Response rate in training  ${percent(model.baseRate)}`);
  terminal.result(
    `Decision  ${prediction.decision === 'above-threshold' ? 'above' : 'below'} the threshold of ${percent(prediction.threshold)}`,
  );
  const rows = [
    ['image', '', signed(prediction.imageContribution)],
    ...prediction.clinicalContributions.map(({ factor, value, unit, countedAs, contribution }) => [
      factor,
      value === null
        ? 'missing'
        : `${value} ${unit}`.trim() +
          (countedAs === undefined ? '' : `, counted as ${Number(countedAs.toPrecision(4))}`),
      signed(contribution),
    ]),
    ['bias', '', signed(prediction.bias)],
    ['sum (logit)', '', signed(prediction.logit)],
  ];
  terminal.result(`\n${table(['Evidence', 'Value', 'Log-odds'], rows)}\n`);
};

export const showPrediction = (result: PredictResult, terminal: Terminal): void => {
  const { prediction, caseId } = result;
  const { model } = prediction;
  // On the same stream as the number, and before it: a file that keeps the one keeps the other.
  const banner = bannerOf(model.status);
  if (banner !== undefined) terminal.result(banner);
  if (prediction.decision === 'withheld') showWithheld(result, terminal);
  else showNumber(result, terminal);
  terminal.result(`Model  ${model.id} ${model.version} (${model.status}), computed by ${prediction.provider}`);
  if (caseId !== undefined) terminal.result(`Case  ${caseId}`);
};
